//! Places inside longer names, and places that others put into the wrong country.

use dalil::lang::Lang::{Ar, En, Fr};

use super::{all_read, mentions, none_drawn, parsed, parsed_with, with_town};

#[test]
fn a_university_named_after_a_country_is_no_pin_in_it() {
    all_read(&[
        (En, "A fire broke out at China University of Geosciences on Monday.", "China", "associative CN institution"),
        (En, "The embassy of Mali in Paris was closed.", "Mali", "associative ML institution"),
        (Fr, "L'ambassade du Mali à Paris a été fermée.", "Mali", "associative ML institution"),
        (Ar, "أغلقت سفارة مالي في باريس أبوابها.", "مالي", "associative ML institution"),
        (En, "He teaches at the University of California today.", "California", "associative US institution"),
    ]);
}

#[test]
fn a_university_named_after_its_town_is_also_where_one_stands() {
    all_read(&[
        (Ar, "قال الباحث الذي يعمل في جامعة بايرويت إن الوضع خطير.", "بايرويت", "literal DE institution"),
        (Fr, "Un chercheur de l'université de Bayreuth parle d'une crise.", "Bayreuth", "literal DE institution"),
        (En, "A researcher at the University of Bayreuth spoke of a crisis.", "Bayreuth", "literal DE institution"),
    ]);
}

#[test]
fn what_follows_a_kind_word_or_preposition_is_not_always_a_name() {
    for (lang, text, other) in [
        (Ar, "أكد حاكم بانكاس وقوع الهجوم في قرية أخرى قريبة في مالي.", "أخرى"),
        (En, "Two civilians were injured in Houthi missile strikes on Marib.", "Houthi"),
    ] {
        let all = parsed(text, lang).toponyms;
        assert!(!all.is_empty() && all.iter().all(|t| t.text != other), "{text}: {all:?}");
    }
}

#[test]
fn organisations_media_agreements_and_groups_keep_their_places_to_themselves() {
    all_read(&[
        (En, "The Paris Police Department opened an inquiry.", "Paris", "associative FR organisation"),
        (En, "The Bank of China opened a branch.", "China", "associative CN organisation"),
        (En, "The New York Times wrote about it.", "New York", "associative US media"),
        (En, "The Washington Post wrote about it.", "Washington", "associative US media"),
        (En, "Fighters of the Azawad Liberation Front left.", "Azawad", "associative ML group"),
        (Fr, "L'accord d'Alger est mort, dit le colonel.", "Alger", "associative DZ agreement"),
        (Fr, "Le Front de libération du Macina revendique l'attaque.", "Macina", "associative ML group"),
        (Ar, "انسحب الطرفان من اتفاق الجزائر للسلام.", "الجزائر", "associative DZ agreement"),
        (Ar, "ذكرت وكالة أنباء الشرق الأوسط أن الاجتماع تأجل.", "الشرق الأوسط", "associative - media"),
        (Ar, "قالت حركة تحرير أزواد إنها ترفض ذلك.", "أزواد", "associative ML group"),
    ]);
}

#[test]
fn outer_and_inner_name_are_both_told() {
    let text = "The Washington Post wrote about Gao.";
    let parsed = parsed(text, En);
    let inner = mentions(&parsed, "Washington");
    let outer = inner[0].within.as_ref().expect("it stands in a longer name");
    assert_eq!((outer.text.as_str(), outer.start, outer.end), ("The Washington Post", 0, 19));
    assert!(mentions(&parsed, "Gao")[0].within.is_none());
}

#[test]
fn names_of_media_and_groups_without_a_place_of_their_own_draw_nothing() {
    none_drawn(&[
        (En, "Sky News Arabia reported the attack.", "Arabia"),
        (En, "The Islamic State in the Greater Sahara claimed it.", "Sahara"),
        (En, "Mr. Jordan said he would resign.", "Jordan"),
        (En, "The singer Paul London is ill.", "London"),
        (Fr, "L'État islamique au Grand Sahara a revendiqué l'attaque.", "Sahara"),
        (Fr, "Le colonel Kaya a démissionné.", "Kaya"),
        (Ar, "أفادت سكاي نيوز عربية بوقوع هجوم.", "عربية"),
        (Ar, "تبنى تنظيم الدولة الإسلامية في الصحراء الكبرى الهجوم.", "الصحراء"),
        (Ar, "قال محمود العراقي إنه لا يعرف شيئا.", "العراقي"),
    ]);
}

#[test]
fn a_noun_with_the_article_governs_no_name() {
    all_read(&[
        (Ar, "جاء ذلك عقب استرداد الجيش الخرطوم ومدنا غيرها.", "الخرطوم", "literal SD -"),
        (Ar, "فاز إنتر ميلان (إيطاليا) بالمباراة.", "إيطاليا", "literal IT -"),
    ]);
}

#[test]
fn words_behind_a_hash_are_a_tag_and_a_name_alone_there_is_a_place() {
    all_read(&[
        (Ar, "غرقت الشوارع #سيول_الأردن", "الأردن", "associative JO hashtag"),
        (Ar, "غرقت الشوارع #الكويت_الان", "الكويت", "associative KW hashtag"),
        (Ar, "هجوم اليوم في #دير_الزور", "دير_الزور", "literal SY -"),
        (En, "Flooding again #Nigeria", "Nigeria", "literal NG -"),
        (Fr, "Attaque hier #Burkina_Faso", "Burkina_Faso", "literal BF -"),
    ]);
}

#[test]
fn a_state_behind_the_comma_decides() {
    all_read(&[
        (En, "The ship left Long Beach, CA, on Monday.", "Long Beach", "literal US -"),
        (En, "The ship left Long Beach, California, on Monday.", "Long Beach", "literal US -"),
        (Fr, "Le navire a quitté Long Beach, en Californie, lundi.", "Long Beach", "literal US -"),
        (Ar, "غادرت السفينة لونغ بيتش في كاليفورنيا يوم الاثنين.", "لونغ بيتش", "literal US -"),
    ]);
    let maine = with_town(4_957_280, "US", "ME", "Bangor", (-68.77, 44.80));
    for (lang, text) in
        [(En, "A fire in Bangor, Maine, killed two."), (Fr, "Un incendie à Bangor, dans le Maine, a fait deux morts aux États-Unis.")]
    {
        let parsed = parsed_with(text, lang, &maine);
        let bangor = mentions(&parsed, "Bangor");
        let place = bangor.first().and_then(|t| t.place.as_ref()).unwrap_or_else(|| panic!("{text}: no place"));
        assert_eq!((place.id.as_str(), place.country.as_deref()), ("geonames:4957280", Some("US")), "{text}");
    }
}

#[test]
fn one_unknown_name_leaves_the_others_their_answers() {
    for (lang, text, known) in [
        (En, "Clashes were reported in Xyzzqwq, in Gao and in Qwrtzville.", "Gao"),
        (Fr, "Des combats ont éclaté à Xyzzqwq, à Gao et à Qwrtzville.", "Gao"),
        (Ar, "وقعت اشتباكات في قرية زخبطل وفي غاو وفي قرية قشمطع.", "غاو"),
    ] {
        let parsed = parsed(text, lang);
        let answered =
            parsed.toponyms.iter().any(|t| t.text == known && t.place.as_ref().is_some_and(|p| p.country.as_deref() == Some("ML")));
        assert!(answered, "{text}: {:?}", parsed.toponyms);
    }
}

#[test]
fn a_direction_before_an_unknown_town_does_not_lose_it() {
    for (lang, text, name) in [
        (En, "Fighting went on south of Krasnohorivka on Monday.", "Krasnohorivka"),
        (En, "South of the town of Krasnohorivka the front moved.", "Krasnohorivka"),
        (Fr, "Des combats ont eu lieu au sud de la ville de Krasnohorivka.", "Krasnohorivka"),
        (Ar, "وقعت اشتباكات جنوب بلدة كراسنوهوريفكا يوم الاثنين.", "كراسنوهوريفكا"),
    ] {
        let parsed = parsed(text, lang);
        assert!(parsed.toponyms.iter().any(|t| t.text.contains(name)), "{text}: {:?}", parsed.toponyms);
    }
}
