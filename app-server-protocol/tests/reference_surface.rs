//! Every type and method we export has the shape that the reference gives it.
//!
//! `data/reference-surface.txt` holds the whole surface of the reference, and both exports hold exactly that. Fields, which of them are required, their types and the values of enums count; titles,
//! descriptions, defaults and order do not.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use codex_app_server_protocol::export::{self, Surface};
use serde_json::Value;

const RECORDED: &str = include_str!("data/reference-surface.txt");
const UNIONS: [&str; 4] = ["ClientRequest", "ServerRequest", "ServerNotification", "ClientNotification"];

/// The recorded shapes of a surface, by the name of the type or method.
fn recorded(surface: Surface) -> BTreeMap<&'static str, &'static str> {
    let other = if surface == Surface::Stable { '+' } else { '-' };
    RECORDED
        .lines()
        .filter(|line| !line.starts_with(['#', other]))
        .map(|line| line[2..].split_once(" = ").unwrap())
        .collect()
}

/// Our shapes, read from the bundle.
fn exported(surface: Surface) -> BTreeMap<String, String> {
    let files = export::json_schema(surface);
    let bundle = files.iter().find(|file| file.path == "codex_app_server_protocol.schemas.json").unwrap();
    let bundle: Value = serde_json::from_str(&bundle.contents).unwrap();
    let mut shapes = BTreeMap::new();
    let mut add = |name: &str, schema: &Value| {
        if UNIONS.contains(&name) {
            for arm in schema["oneOf"].as_array().unwrap() {
                let fields = &arm["properties"];
                let params = fields.get("params").map_or_else(|| "-".to_owned(), shape);
                shapes.insert(fields["method"]["enum"][0].as_str().unwrap().to_owned(), params);
            }
        } else {
            shapes.insert(name.to_owned(), shape(schema));
        }
    };
    for (name, schema) in bundle["definitions"].as_object().unwrap() {
        match (name.as_str(), schema) {
            ("v2", Value::Object(v2)) => v2.iter().for_each(|(name, schema)| add(name, schema)),
            _ => add(name, schema),
        }
    }
    shapes
}

/// What a schema allows, in one line in which the order of fields and arms plays no part.
fn shape(schema: &Value) -> String {
    let Value::Object(object) = schema else {
        return "json".to_owned();
    };
    let list = |key: &str| object.get(key).and_then(Value::as_array);
    let has_fields = object.contains_key("properties");
    if let Some(reference) = object.get("$ref") {
        return reference.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    }
    if let (Some([only]), false) = (list("allOf").map(Vec::as_slice), has_fields) {
        return shape(only);
    }
    if let Some(values) = list("enum") {
        return joined(values.iter().map(Value::to_string));
    }
    if let (Some(arms), false) = (list("oneOf").or_else(|| list("anyOf")), has_fields) {
        return joined(arms.iter().map(shape).flat_map(|arm| match arm.contains('{') {
            true => vec![arm],
            false => arm.split(" | ").map(str::to_owned).collect(),
        }));
    }
    match object.get("type") {
        Some(Value::Array(kinds)) => joined(kinds.iter().map(|kind| {
            let mut one = object.clone();
            one.insert("type".to_owned(), kind.clone());
            shape(&Value::Object(one))
        })),
        Some(Value::String(kind)) if kind == "array" => match object.get("items") {
            Some(Value::Array(items)) => format!("[{}]", items.iter().map(shape).collect::<Vec<_>>().join(", ")),
            items => format!("({})[]", shape(items.unwrap_or(&Value::Bool(true)))),
        },
        Some(Value::String(kind)) if matches!(kind.as_str(), "integer" | "number") => {
            object.get("format").and_then(Value::as_str).unwrap_or(kind).to_owned()
        }
        Some(Value::String(kind)) if kind != "object" && !has_fields => kind.clone(),
        None if !has_fields => "json".to_owned(),
        _ => {
            let required = list("required").map(Vec::as_slice).unwrap_or_default();
            let mut fields: Vec<String> = object
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, field)| {
                    let mark = if required.iter().any(|required| required == name) { "" } else { "?" };
                    format!("{name}{mark}: {}", shape(field))
                })
                .collect();
            fields.sort_by(|a, b| a.split([':', '?']).next().cmp(&b.split([':', '?']).next()));
            match object.get("additionalProperties") {
                Some(Value::Bool(false)) | None => {}
                Some(Value::Bool(true)) if !fields.is_empty() => {}
                Some(rest) => fields.push(format!("[key]: {}", shape(rest))),
            }
            let mut out = match fields.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", fields.join("; ")),
            };
            for arms in [list("oneOf"), list("anyOf")].into_iter().flatten() {
                let mut arms: Vec<String> = arms.iter().map(shape).collect();
                arms.sort_unstable();
                out.push_str(&format!(" & ({})", arms.join(" | ")));
            }
            out
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_exported_type_and_method_has_the_shape_of_the_reference() {
    for surface in [Surface::Stable, Surface::Experimental] {
        let recorded = recorded(surface);
        let exported = exported(surface);
        assert!(exported.len() > 900, "the bundle holds the types");
        let missing: Vec<&&str> = recorded.keys().filter(|name| !exported.contains_key(**name)).collect();
        assert!(missing.is_empty(), "{surface:?} lacks {missing:?}");
        let differences: Vec<String> = exported
            .iter()
            .filter_map(|(name, ours)| match recorded.get(name.as_str()) {
                Some(reference) if reference == ours => None,
                Some(reference) => Some(format!("{name}\n  reference: {reference}\n  ours:      {ours}")),
                None => Some(format!("{name} is not in the reference's {surface:?} export")),
            })
            .collect();
        assert!(differences.is_empty(), "{surface:?}: {}", differences.join("\n"));
    }
}

#[test]
fn shapes_tell_what_counts_and_nothing_else() {
    let of = |text: &str| shape(&serde_json::from_str(text).unwrap());
    assert_eq!(
        of(
            r#"{"type":"object","properties":{"b":{"type":["string","null"],"default":null},"a":{"$ref":"x/A"}},"required":["a"]}"#
        ),
        "{ a: A; b?: null | string }"
    );
    assert_eq!(of(r#"{"type":"array","items":{"type":"integer","format":"int64"},"title":"T"}"#), "(int64)[]");
    assert_eq!(of(r#"{"oneOf":[{"type":"string","enum":["b","a"]},{"type":"object"}]}"#), r#""a" | "b" | {}"#);
    assert_eq!(of(r#"{"type":"object","additionalProperties":{"allOf":[{"$ref":"x/A"}]}}"#), "{ [key]: A }");
}
