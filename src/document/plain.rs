//! Plain text and Markdown: the text is the file, so offsets are those of the file.

use super::decode::decode;
use super::{Document, Each, File, Kind, Why};

/// The one document of a text file.
pub(super) fn text(file: File, kind: Kind, each: Each) -> bool {
    match decode(file.bytes) {
        Ok(text) => each(Ok(Document { text, kind, ..Document::default() })),
        Err(reason) => each(Err(file.refused(Why::Unknown, reason))),
    }
}
