//! XML as a run of elements and words. No entity but the five of XML itself is resolved, so none can explode.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// Elements within elements; more is a trap.
const MOST_DEPTH: usize = 4096;

/// What comes next; an element without content has a start and an end too.
pub(super) enum Node<'a> {
    Start(&'a Element<'a>),
    End(&'a str),
    Text(&'a str),
}

/// The start of an element.
pub(super) struct Element<'a> {
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without the prefix of its namespace.
    pub(super) fn name(&self) -> &str {
        local(self.start.name().into_inner())
    }

    /// Its name as it stands.
    pub(super) fn full_name(&self) -> &str {
        self.start.name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let mut found = attributes.with_checks(false).flatten().filter(|a| local(a.key.into_inner()) == name);
        found.next().map(|a| unescape(&a.value).map_or_else(|_| a.value.to_string(), std::borrow::Cow::into_owned))
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Hands out all of a text until its end.
///
/// # Errors
/// A sentence when it is no XML; what came before the fault was handed out.
pub(super) fn walk(text: &str, each: &mut dyn FnMut(Node)) -> Result<(), String> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err("has too many elements within elements".to_owned());
                }
                each(Node::Start(&Element { start: &start }));
            }
            Event::Empty(start) => {
                each(Node::Start(&Element { start: &start }));
                each(Node::End(local(start.name().into_inner())));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                each(Node::End(local(end.name().into_inner())));
            }
            Event::Text(words) => each(Node::Text(&words.xml10_content())),
            Event::CData(words) => each(Node::Text(&words.xml10_content())),
            Event::GeneralRef(reference) => {
                let known = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(sign) = known {
                    each(Node::Text(sign.encode_utf8(&mut [0; 4])));
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
