//! Which place a name means, by what the rest of the report says: named cases in three languages.

use dalil::gazetteer::compile::compile;
use dalil::gazetteer::table::Table;
use dalil::gazetteer::{Gazetteer, row};
use dalil::incident::{read, read_in};
use dalil::lang::Lang;
use dalil::recognise::{Manner, Report, Without};
use dalil::resolve::Resolution;
use dalil::resolve::corrections::Corrections;

/// Towns with famous namesakes, as GeoNames has them.
const TOWNS: &str = "\
geonames:4717560\tParis\tPPLA2\tUS\tTX\t277\t33.66094\t-95.55551\t24782\t\t
geonames:2653877\tDurham\tPPLA2\tGB\tENG\t\t54.77676\t-1.57566\t47785\t\t
geonames:4957280\tBangor\tPPLA2\tUS\tME\t019\t44.79884\t-68.77265\t32673\t\t
geonames:2656397\tBangor\tPPL\tGB\tNIR\t\t54.65338\t-5.66895\t60385\t\t
geonames:4297999\tLebanon\tPPLA2\tUS\tKY\t155\t37.56979\t-85.25274\t5609\t\t
geonames:4282757\tBardstown\tPPLA2\tUS\tKY\t179\t37.80923\t-85.4669\t13227\t\t
geonames:4287529\tCampbellsville\tPPLA2\tUS\tKY\t217\t37.34340\t-85.34191\t11431\t\t
geonames:4307238\tSpringfield\tPPLA2\tUS\tKY\t229\t37.68534\t-85.22218\t2846\t\t
geonames:4250542\tSpringfield\tPPLA\tUS\tIL\t167\t39.80172\t-89.64371\t116565\t\t
geonames:4407066\tSaint Louis\tPPL\tUS\tMO\t510\t38.62727\t-90.19789\t315685\t\t:Saint-Louis|fr:Saint-Louis
geonames:3882428\tLebanon\tPPL\tUS\tTN\t189\t36.20811\t-86.2911\t30262\t\t";

fn gazetteer() -> Gazetteer {
    let rows: Vec<_> = TOWNS.lines().map(|line| row::parse(line).unwrap().unwrap()).collect();
    Gazetteer::embedded().with(Table::from_vec("towns", compile(&rows)).unwrap())
}

fn report(lang: Lang, text: &str, source: Option<&str>) -> Report {
    Report {
        id: "t".to_owned(),
        text: text.to_owned(),
        lang: Some(lang),
        title: None,
        published: None,
        source: source.map(str::to_owned),
        url: None,
        ..Report::default()
    }
}

/// «Name = where» for each name asked for, where it lies as country and unit; «-» for unresolved.
fn places(lang: Lang, text: &str, source: Option<&str>) -> Vec<(String, String)> {
    let report = report(lang, text, source);
    let found = read(&report, &gazetteer()).mentions;
    found.iter().map(|m| (slice(text, m), place(m))).collect()
}

fn slice(text: &str, mention: &Resolution) -> String {
    text.get(mention.span.start as usize..mention.span.end as usize).unwrap().to_owned()
}

fn place(mention: &Resolution) -> String {
    mention.place.as_ref().map_or("-".to_owned(), |p| format!("{} {:.0} {:.0}", p.country, p.lat, p.lon))
}

/// Language, text, source, name, and the country with latitude and longitude of the place meant, rounded.
type Case = (Lang, &'static str, Option<&'static str>, &'static str, &'static str);

fn hold(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (lang, text, source, name, expected) in cases {
        let found = places(*lang, text, *source);
        let answers: Vec<&String> = found.iter().filter(|(n, _)| n == name).map(|(_, place)| place).collect();
        if answers.is_empty() || answers.iter().any(|answer| answer != expected) {
            wrong.push(format!("«{name}» in «{text}»: {answers:?}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_unit_right_behind_a_name_says_which_place_it_is() {
    hold(&[
        (Lang::En, "A storm hit Paris, Texas, on Monday.", None, "Paris", "US 34 -96"),
        (Lang::En, "The mayor of Paris, France, spoke on Monday.", None, "Paris", "FR 49 2"),
        (Lang::En, "Police in Durham, United Kingdom, arrested two men.", None, "Durham", "GB 55 -2"),
        (Lang::En, "Police in Durham, North Carolina, arrested two men.", None, "Durham", "US 36 -79"),
        (Lang::En, "A fire broke out in Bangor, Maine, on Tuesday.", None, "Bangor", "US 45 -69"),
        (Lang::Fr, "Une explosion a eu lieu à Tripoli, au Liban, lundi.", None, "Tripoli", "LB 34 36"),
        (Lang::Fr, "Des combats ont éclaté à Tripoli, en Libye, lundi.", None, "Tripoli", "LY 33 13"),
        (Lang::Ar, "وقع انفجار في مدينة طرابلس في لبنان أمس.", None, "طرابلس", "LB 34 36"),
        (Lang::Ar, "وقعت اشتباكات في مدينة طرابلس في ليبيا أمس.", None, "طرابلس", "LY 33 13"),
    ]);
}

#[test]
fn what_is_said_once_holds_for_the_whole_report() {
    hold(&[(Lang::En, "A storm hit Paris, Texas, on Monday. Schools in Paris stayed closed.", None, "Paris", "US 34 -96")]);
}

#[test]
fn small_towns_near_each_other_win_over_famous_namesakes() {
    let text = "Crews from Lebanon, Bardstown, Campbellsville and Springfield fought a fire near Campbellsville on Monday.";
    hold(&[
        (Lang::En, text, None, "Lebanon", "US 38 -85"),
        (Lang::En, text, None, "Springfield", "US 38 -85"),
        (Lang::En, "Lebanon, Syria and Jordan closed their borders on Monday.", None, "Lebanon", "LB 34 36"),
    ]);
}

#[test]
fn the_report_s_country_and_the_outlet_s_home_choose_among_namesakes() {
    hold(&[
        (Lang::Fr, "Le président du Sénégal s'est rendu à Saint-Louis, puis à Dakar.", None, "Saint-Louis", "SN 16 -16"),
        (Lang::En, "Police in Saint Louis said that Missouri would send help.", None, "Saint Louis", "US 39 -90"),
        (Lang::Ar, "أعلنت وزارة الصحة اللبنانية إصابة ثلاثة في طرابلس وبيروت.", None, "طرابلس", "LB 34 36"),
        (Lang::Ar, "قالت حكومة الوحدة الليبية إن اشتباكات وقعت في طرابلس ومصراتة.", None, "طرابلس", "LY 33 13"),
        (Lang::En, "The school board of Lebanon met on Monday.", Some("lebanonenterprise.com"), "Lebanon", "US 38 -85"),
    ]);
}

#[test]
fn a_dateline_speaks_for_its_country() {
    hold(&[(Lang::Fr, "BAMAKO – Des hommes armés ont attaqué Gao lundi, selon l'armée malienne.", None, "Gao", "ML 16 -0")]);
}

#[test]
fn a_name_of_many_villages_means_the_one_of_its_surroundings() {
    hold(&[
        (Lang::Ar, "اندلعت اشتباكات في بلدة الطيبة قرب السخنة في سوريا أمس.", None, "الطيبة", "SY 35 39"),
        (Lang::Ar, "أصيب شابان فلسطينيان في بلدة الطيبة شرق رام الله أمس، ونُقلا إلى مستشفى في رام الله.", None, "الطيبة", "PS 32 35"),
        (Lang::Ar, "قال مسؤول في إربد إن حريقا اندلع في بلدة الطيبة شمال الأردن.", None, "الطيبة", "JO 33 36"),
    ]);
}

#[test]
fn a_namesake_abroad_is_no_answer_for_a_village_that_is_not_recorded() {
    hold(&[
        (Lang::Ar, "أعلنت الشرطة العراقية مقتل شخصين في بلدة الطيبة بمحافظة ميسان جنوبي العراق.", None, "الطيبة", "-"),
        (Lang::Ar, "قتل مدني في قرية رشاد التابعة لقضاء المقدادية في محافظة ديالى بالعراق.", None, "رشاد", "-"),
    ]);
}

#[test]
fn words_beside_a_country_far_away_are_no_places_of_it() {
    for text in [
        "قال الجيش الأمريكي إن قصفا استهدف مركز إيواء في الفاشر بالسودان.",
        "غرق قارب مهاجرين في البحر قبالة سواحل السودان وقُتل عشرة أشخاص.",
    ] {
        let found = places(Lang::Ar, text, None);
        assert!(found.iter().all(|(name, _)| !name.contains("إيواء") && !name.contains("البحر")), "{found:?}");
        assert!(found.iter().any(|(name, _)| name.contains("السودان")), "{found:?}");
    }
}

#[test]
fn names_without_a_place_are_no_reason_for_each_other() {
    let place_of = |text: &str| places(Lang::Ar, text, None).into_iter().find(|(name, _)| name == "رشاد").map(|(_, place)| place);
    let once = place_of("قتل مدني في قرية رشاد التابعة لقضاء المقدادية في محافظة ديالى بالعراق.");
    let beside = place_of("قتل مدني في قرية رشاد وآخر في بلدة الطيبة قرب المقدادية في محافظة ديالى بالعراق.");
    assert_eq!((once.as_deref(), beside.as_deref()), (Some("-"), Some("-")));
}

#[test]
fn one_failed_name_never_touches_the_others() {
    let without = "Clashes broke out in Gao and Ménaka on Monday, the army of Mali said.";
    let with = "Clashes broke out in Xqzwvland, Gao and Ménaka on Monday, the army of Mali said.";
    let known = |text: &str| -> Vec<(String, String)> {
        places(Lang::En, text, None).into_iter().filter(|(name, _)| !name.contains("Xqzw")).collect()
    };
    assert_eq!(known(without), known(with));
    assert!(known(with).iter().all(|(_, place)| place != "-") && known(with).len() >= 3, "{:?}", known(with));
}

#[test]
fn without_the_context_each_name_stands_alone() {
    let report = report(Lang::En, "Police in Durham, United Kingdom, arrested two men.", None);
    let gazetteer = gazetteer();
    let of = |without: Without| {
        let manner = Manner { without, given: None, models: None };
        let found = read_in(&report, &gazetteer, &Corrections::default(), &manner).mentions;
        found.iter().find(|m| slice(&report.text, m) == "Durham").map(place)
    };
    assert_eq!(of(Without::default()).as_deref(), Some("GB 55 -2"));
    assert_ne!(of(Without { context: true, ..Without::default() }).as_deref(), Some("GB 55 -2"));
}

/// A folder with what `dalil train resolve` reads: the first reports of ours, as the only texts.
fn small_project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (model, corpus) = (folder.path().join("geodata/model"), folder.path().join("tests/corpus"));
    std::fs::create_dir_all(&model).unwrap();
    std::fs::create_dir_all(&corpus).unwrap();
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reports.jsonl");
    let first: Vec<String> = std::fs::read_to_string(own).unwrap().lines().take(6).map(|line| format!("{line}\n")).collect();
    std::fs::write(corpus.join("reports.jsonl"), first.concat()).unwrap();
    std::fs::write(model.join("lessons.tsv"), "ar\tproject\ttests/corpus/reports.jsonl\tgold\t100\t-\tas the project\town\n").unwrap();
    folder
}

#[test]
fn what_reasons_are_worth_is_learned_to_the_same_bytes() {
    let project = small_project();
    let learned = || {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dalil"));
        command.args(["train", "resolve", "--made", "12", "--corpora"]).arg(project.path()).arg("--project").arg(project.path());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read_to_string(project.path().join("geodata/model/resolve.tsv")).unwrap()
    };
    let (once, again) = (learned(), learned());
    assert_eq!(once, again);
    let shipped = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/model/resolve.tsv")).unwrap();
    let cells = |file: &str, column: usize| -> Vec<String> {
        file.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').nth(column).unwrap().to_owned()).collect()
    };
    for column in [0, 2, 3, 4] {
        assert_eq!(cells(&once, column), cells(&shipped, column));
    }
    assert_ne!(cells(&once, 1), cells(&once, 2), "something is learned");
}
