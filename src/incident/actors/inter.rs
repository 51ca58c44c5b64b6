//! Codes of kinds of actors, and of who met whom, as ACLED writes them.

use crate::lang::actor_words::KINDS;

use super::super::record::Actor;

/// Names of the codes 1 to 8, as texts write them.
const LABELS: [&str; 8] =
    ["State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces"];
/// Forces of a state at home, and of any state abroad.
const STATE: u8 = 1;
const EXTERNAL: u8 = 8;

/// The code of a kind of actor where an incident happened: a state's force outside its country is an external one.
///
/// # Examples
/// ```
/// use dalil::incident::inter;
/// assert_eq!(inter("state", "FR", Some("ML")), 8);
/// assert_eq!(inter("state", "ML", Some("ML")), 1);
/// assert_eq!(inter("civilians", "", None), 7);
/// ```
pub fn inter(kind: &str, home: &str, country: Option<&str>) -> u8 {
    let code = KINDS.iter().position(|k| *k == kind).map_or(0, |n| n as u8 + 1);
    let abroad = home.len() == 2 && country.is_some_and(|c| c != home);
    if code == STATE && abroad { EXTERNAL } else { code }
}

/// The name of a code, `None` of one that does not exist.
pub fn inter_label(code: u8) -> Option<&'static str> {
    LABELS.get(usize::from(code).checked_sub(1)?).copied()
}

/// Who met whom in words, the lower code first: «State forces-Rebel group», «Protesters only»; empty when nobody is known.
///
/// # Examples
/// ```
/// use dalil::incident::interaction;
/// assert_eq!(interaction(Some(7), Some(2)), "Rebel group-Civilians");
/// assert_eq!(interaction(Some(6), None), "Protesters only");
/// ```
pub fn interaction(one: Option<u8>, other: Option<u8>) -> String {
    match ordered(one, other).map(inter_label) {
        [Some(low), Some(high)] => format!("{low}-{high}"),
        [Some(alone), None] => format!("{alone} only"),
        _ => String::new(),
    }
}

/// The same as a number, the lower digit first, 0 behind who is alone: 12, 27, 60; 0 when nobody is known.
///
/// # Examples
/// ```
/// use dalil::incident::interaction_code;
/// assert_eq!(interaction_code(Some(7), Some(2)), 27);
/// assert_eq!(interaction_code(None, Some(6)), 60);
/// ```
pub fn interaction_code(one: Option<u8>, other: Option<u8>) -> u8 {
    let [low, high] = ordered(one, other);
    low * 10 + high
}

/// Two codes, the lower first; 0 stands for nobody and comes last.
fn ordered(one: Option<u8>, other: Option<u8>) -> [u8; 2] {
    let mut codes = [one.unwrap_or(0), other.unwrap_or(0)];
    codes.sort_by_key(|c| if *c == 0 { u8::MAX } else { *c });
    codes
}

/// The two sides of an incident: who acts, else who is blamed or claims it; and who is targeted, else who is harmed. A name goes
/// before «gunmen» when it is blamed or claims it.
pub fn sides(actors: &[Actor]) -> [Option<&Actor>; 2] {
    let of = |role: &str| actors.iter().find(|a| a.role == role);
    let named = ["claimant", "blamed"].into_iter().filter_map(of).find(|a| !a.is_generic());
    let acting = of("actor1").filter(|a| !a.is_generic() || named.is_none());
    let first = acting.or(named).or_else(|| of("blamed")).or_else(|| of("claimant"));
    let second = of("actor2").or_else(|| of("victim"));
    [first, second.filter(|s| first.is_none_or(|f| f.name != s.name))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(name: &str, role: &'static str, kind: &str, country: Option<&str>, is_named: bool) -> Actor {
        Actor {
            name: name.to_owned(),
            role,
            text: name.to_owned(),
            kind: kind.to_owned(),
            inter: inter(kind, "", None),
            country: country.map(str::to_owned),
            is_named,
        }
    }

    #[test]
    fn codes_are_those_of_the_codebook() {
        let codes: Vec<u8> = KINDS.iter().map(|kind| inter(kind, "", None)).collect();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(inter("pirate", "", None), 0);
        // Rebels who cross a border stay rebels; a generic force is at home.
        assert_eq!([inter("rebel", "SO", Some("KE")), inter("state", "*", Some("ML")), inter("state", "KE", None)], [2, 1, 1]);
        assert_eq!((inter_label(8), inter_label(0), inter_label(9)), (Some("External/Other forces"), None, None));
    }

    #[test]
    fn the_lower_code_comes_first() {
        assert_eq!(interaction(Some(2), Some(1)), "State forces-Rebel group");
        assert_eq!((interaction_code(Some(8), Some(2)), interaction_code(Some(3), Some(3))), (28, 33));
        assert_eq!((interaction(None, None), interaction_code(None, None)), (String::new(), 0));
        assert_eq!(interaction(None, Some(7)), "Civilians only");
    }

    #[test]
    fn the_sides_are_who_acts_and_who_is_acted_on() {
        let gunmen = actor("Unidentified Armed Group", "actor1", "militia", Some("ML"), false);
        let claimant = actor("JNIM", "claimant", "rebel", None, true);
        let victim = actor("Civilians", "victim", "civilians", Some("ML"), false);
        let all = [gunmen.clone(), victim.clone(), claimant.clone()];
        let names = |actors: &[Actor]| sides(actors).map(|s| s.map(|a| a.name.clone()));
        assert_eq!(names(&all), [Some("JNIM".to_owned()), Some("Civilians".to_owned())]);
        assert_eq!(names(&all[..2]), [Some("Unidentified Armed Group".to_owned()), Some("Civilians".to_owned())]);
        let army = actor("Military Forces of Mali", "actor2", "state", Some("ML"), true);
        assert_eq!(names(&[claimant, victim, army]), [Some("JNIM".to_owned()), Some("Military Forces of Mali".to_owned())]);
        assert_eq!(names(&[]), [None, None]);
    }
}
