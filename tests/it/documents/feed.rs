//! Feeds.

use super::agree;

#[test]
fn feeds_give_their_entries() {
    agree("feed", 6);
}
