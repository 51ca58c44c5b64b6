//! Letters and chats.

use super::agree;

#[test]
fn letters_are_read_as_their_words_and_what_is_attached() {
    agree("letter", 6);
}

#[test]
fn chats_are_read_message_by_message() {
    agree("chat", 5);
}
