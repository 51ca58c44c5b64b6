//! The words of pages, in the language that the reader prefers: those of the map page.

use axum::http::{HeaderMap, header};
use serde_json::{Map, Value};

use crate::lang::Lang;
use crate::server::page;

/// The words of a language; a key that it lacks stands for itself.
pub(super) struct Words {
    lang: Lang,
    words: Map<String, Value>,
}

impl Words {
    /// In the first language of `Accept-Language` that there is, else in English.
    pub(super) fn preferred(headers: &HeaderMap) -> Words {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok()).unwrap_or_default();
        let known =
            |tag: &str| Lang::ALL.into_iter().find(|lang| tag.trim().get(..2).is_some_and(|two| two.eq_ignore_ascii_case(lang.code())));
        let lang = asked.split(',').find_map(known).unwrap_or(Lang::En);
        Words { lang, words: page::locale(lang.code()) }
    }

    pub(super) fn lang(&self) -> &'static str {
        self.lang.code()
    }

    /// The direction of its script.
    pub(super) fn dir(&self) -> &'static str {
        if self.lang == Lang::Ar { "rtl" } else { "ltr" }
    }

    pub(super) fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).and_then(Value::as_str).unwrap_or(key)
    }

    /// A value of a property that has a name of its own in the page's words: `sub.Attack`.
    pub(super) fn value<'w>(&'w self, group: &str, value: &'w str) -> &'w str {
        self.words.get(&format!("{group}.{value}")).and_then(Value::as_str).unwrap_or(value)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_first_language_that_there_is() {
        let of =
            |given: &'static str| Words::preferred(&HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, HeaderValue::from_static(given))]));
        assert_eq!((of("de, ar-ML;q=0.8, en;q=0.5").lang(), of("fr").lang(), of("zh").lang()), ("ar", "fr", "en"));
        assert_eq!((of("ar").dir(), of("fr").dir()), ("rtl", "ltr"));
        assert_eq!(of("zh").get("no such key"), "no such key");
    }
}
