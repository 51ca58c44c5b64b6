//! Web archives.

use super::agree;

#[test]
fn web_archives_give_their_pages() {
    agree("warc", 5);
}
