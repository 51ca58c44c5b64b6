use std::fs;

use super::{Follower, manners, record, wait};

#[test]
fn a_folder_is_read_as_it_fills() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().canonicalize().unwrap().join(name);
    fs::write(at("a.jsonl"), record("a", 3)).unwrap();
    fs::write(at("b.png"), b"\x89PNG\r\n").unwrap();
    let address = folder.path().canonicalize().unwrap().to_str().unwrap().to_owned();
    let mut follower = Follower::new(manners(), std::slice::from_ref(&address));
    let first = follower.pass();
    assert_eq!((first.seen, first.failed, first.read), (1, 1, 1));
    let picture = follower.row(&address).last_error.unwrap();
    assert!(picture.contains("b.png: is a picture"), "{picture}");
    wait(1);
    let second = follower.pass();
    assert_eq!((second.seen, second.failed, second.read), (1, 0, 0));
    // It is still not read, and still said so.
    assert_eq!(follower.row(&address).last_error, Some(picture));
    fs::remove_file(at("b.png")).unwrap();
    fs::write(at("a.jsonl"), record("a", 3) + &record("new", 4)).unwrap();
    fs::create_dir(at("mai")).unwrap();
    fs::write(at("mai/c.txt"), "Mardi, des hommes armés ont attaqué Gao. Trois civils ont été tués.").unwrap();
    wait(1);
    assert_eq!(follower.pass().read, 2);
    let row = follower.row(&address);
    assert_eq!((row.read, row.last_error, row.kind.as_str()), (3, None, "folder"));
    assert!(follower.has("new") && follower.has("mai/c.txt"));
    fs::remove_dir_all(folder.path()).unwrap();
    wait(1);
    assert_eq!(follower.pass().failed, 1);
    let row = follower.row(&address);
    assert_eq!(row.failures, 1);
    assert!(row.last_success.is_some() && row.last_error.is_some() && follower.has("a"), "{row:?}");
}
