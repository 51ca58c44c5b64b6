//! Archives, within limits.

use super::agree;

#[test]
fn archives_are_read_as_their_files() {
    agree("archive", 8);
}
