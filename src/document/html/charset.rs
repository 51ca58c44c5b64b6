//! The encoding that a page names, and its text.

use encoding_rs::Encoding;

use crate::document::decode::decode_declared;

/// Bytes of a page within which it names its encoding; browsers look at 1,024, papers write more before it.
const HEAD_BYTES: usize = 8 * 1024;
/// Bytes of an encoding's name.
const LABEL_BYTES: usize = 40;

/// The text of a page or feed: the bytes decide, and what it says of them where they leave it open.
pub(in crate::document) fn decoded(bytes: &[u8]) -> Result<String, String> {
    decode_declared(bytes, declared(bytes))
}

/// `<meta charset=…>`, `<meta http-equiv=content-type content="…; charset=…">`, `<?xml encoding=…?>`: the first that names one.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD_BYTES).map(|b| if b.is_ascii() { b.to_ascii_lowercase() as char } else { '?' }).collect();
    ["charset", "encoding"].iter().find_map(|key| head.split(key).skip(1).find_map(label))
}

fn label(after: &str) -> Option<&'static Encoding> {
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let is_of_label = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let label: String = value.chars().take(LABEL_BYTES).take_while(is_of_label).collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_name_their_encoding_in_three_ways() {
        for (head, name) in [
            ("<meta charset=windows-1256>", Some("windows-1256")),
            ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-6'>", Some("ISO-8859-6")),
            ("<?xml version='1.0' encoding='iso-8859-1'?>", Some("windows-1252")),
            ("<script>charset</script><meta charset = \"utf8\">", Some("UTF-8")),
            ("<meta charset=nonsense>", None),
            ("<p>charset", None),
        ] {
            assert_eq!(declared(head.as_bytes()).map(Encoding::name), name, "{head}");
        }
    }
}
