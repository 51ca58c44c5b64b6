use super::*;
use crate::snapshot::schema;
use crate::store::Collection;

fn read(filter: &str) -> Result<Predicate> {
    from_text(&schema(Collection::Incidents), filter)
}

#[test]
fn text_and_json_say_the_same() {
    for (text, json) in [
        ("country = 'ML'", r#"{"op":"=","args":[{"property":"country"},"ML"]}"#),
        ("killed_best BETWEEN 3 AND 10", r#"{"op":"between","args":[{"property":"killed_best"},3,10]}"#),
        ("NOT place_name LIKE 'G%'", r#"{"op":"not","args":[{"op":"like","args":[{"property":"place_name"},"G%"]}]}"#),
        (
            "CASEI(actor) IN (CASEI('jnim'))",
            r#"{"op":"in","args":[{"op":"casei","args":[{"property":"actor"}]},[{"op":"casei","args":["jnim"]}]]}"#,
        ),
        ("S_INTERSECTS(geometry, BBOX(-1,15,1,17))", r#"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[-1,15,1,17]}]}"#),
        ("date_start >= DATE('2022-09-01')", r#"{"op":">=","args":[{"property":"date_start"},{"date":"2022-09-01"}]}"#),
        (
            "T_DURING(date_start, INTERVAL('2022-01-01', '..'))",
            r#"{"op":"t_during","args":[{"property":"date_start"},{"interval":["2022-01-01",".."]}]}"#,
        ),
        (
            "killed_best IS NULL OR 5 < killed_best",
            r#"{"op":"or","args":[{"op":"isNull","args":[{"property":"killed_best"}]},{"op":"<","args":[5,{"property":"killed_best"}]}]}"#,
        ),
    ] {
        let of_json = from_json(&schema(Collection::Incidents), json).unwrap();
        assert_eq!(read(text).unwrap(), of_json, "{text}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_can() {
    for (filter, told) in [
        ("colour = 'red'", "«colour»"),
        ("country = 3", "text"),
        ("killed_best = 'many'", "number"),
        ("killed_best + 1 = 3", "property"),
        ("date_start = 'tomorrow'", "date"),
        ("S_INTERSECTS(geometry, POINT(200 16))", "degrees"),
        ("S_INTERSECTS(country, POINT(0 16))", "geometry"),
        ("buffer(geometry, 3) = 'x'", "property"),
        ("country = 'ML' AND", "CQL2 text"),
        ("killed_best LIKE '3%'", "text"),
        ("country", "alone"),
        ("", "CQL2 text"),
    ] {
        let refused = read(filter).unwrap_err().to_string();
        assert!(refused.contains(told) && refused.starts_with("filter"), "{filter}: {refused}");
    }
}

#[test]
fn hostile_filters_are_refused_in_no_time() {
    let deep = format!("{}country = 'ML'{}", "(".repeat(2_000), ")".repeat(2_000));
    let open = format!("{}1, 2", "(".repeat(38));
    let nots = format!("{}civilian_targeting", "NOT ".repeat(900));
    let json = format!("{}true{}", r#"{"op":"not","args":["#.repeat(100), "]}".repeat(100));
    assert!(read(&deep).is_err());
    assert!(read(&open).is_err());
    assert!(read(&"x".repeat(5_000)).is_err());
    assert!(from_json(&schema(Collection::Incidents), &json).is_err());
    // Long but sound: answered.
    assert!(read(&nots).is_ok());
}
