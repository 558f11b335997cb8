//! What must hold for our own documents, whatever the tables hold.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::BTreeSet;

use codex_app_server_protocol::export::{self, Surface};
use codex_app_server_protocol::{
    ClientNotification, ClientRequest, ErrorKind, MethodRow, ServerNotification, ServerRequest, Stability,
};
use serde_json::Value;

const SURFACES: [Surface; 2] = [Surface::Stable, Surface::Experimental];
const BUNDLES: [&str; 2] = ["bundle.json", "bundle.refs.json"];

fn document(surface: Surface, path: &str) -> Value {
    let files = export::own(surface);
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("{path} is exported"));
    serde_json::from_str(&file.contents).unwrap()
}

/// Calls `visit` for every object below `value`.
fn objects<'a>(value: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    match value {
        Value::Object(object) => {
            visit(value);
            object.values().for_each(|value| objects(value, visit));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, visit)),
        _ => {}
    }
}

fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    objects(value, &mut |object| {
        found
            .extend(object.get("$ref").and_then(Value::as_str).map(|name| name.rsplit('/').next().unwrap().to_owned()));
    });
    found
}

fn exported(surface: Surface) -> impl Iterator<Item = &'static MethodRow> {
    [ClientRequest::ROWS, ServerRequest::ROWS, ServerNotification::ROWS, ClientNotification::ROWS]
        .into_iter()
        .flatten()
        .filter(move |row| match row.stability {
            Stability::Stable | Stability::Extension => true,
            Stability::Experimental => surface == Surface::Experimental,
            Stability::Hidden => false,
        })
}

#[test]
fn two_exports_are_equal_to_the_byte() {
    for surface in SURFACES {
        assert_eq!(export::own(surface), export::own(surface));
    }
}

#[test]
fn the_root_leads_to_every_definition() {
    for surface in SURFACES {
        for path in BUNDLES {
            let bundle = document(surface, path);
            let definitions = bundle["$defs"].as_object().unwrap();
            let mut todo: Vec<String> = references(&bundle["properties"]).into_iter().collect();
            let mut seen = BTreeSet::new();
            while let Some(name) = todo.pop() {
                let schema = definitions.get(&name).unwrap_or_else(|| panic!("{path}: {name} is not defined"));
                if seen.insert(name) {
                    todo.extend(references(schema));
                }
            }
            let unseen: Vec<&String> = definitions.keys().filter(|name| !seen.contains(*name)).collect();
            assert!(unseen.is_empty(), "{path}: the root does not lead to {unseen:?}");
        }
    }
}

#[test]
fn every_tagged_union_is_discriminated_and_every_arm_has_a_name_of_its_own() {
    for surface in SURFACES {
        for path in BUNDLES {
            let bundle = document(surface, path);
            let definitions = bundle["$defs"].as_object().unwrap();
            let resolved = |arm: &Value| match arm.get("$ref").and_then(Value::as_str) {
                Some(reference) => definitions[reference.rsplit('/').next().unwrap()].clone(),
                None => arm.clone(),
            };
            let mut unions = 0;
            let mut titles = BTreeSet::new();
            objects(&bundle["$defs"], &mut |object| {
                if let Some(title) = object.get("title").and_then(Value::as_str) {
                    assert!(titles.insert(title.to_owned()), "{path}: {title} is given twice");
                    assert!(!definitions.contains_key(title), "{path}: {title} is a definition too");
                }
                let Some(arms) = object.get("oneOf").and_then(Value::as_array) else { return };
                let has_tag = |arm: &Value| {
                    let arm = resolved(arm);
                    arm["properties"]
                        .as_object()
                        .is_some_and(|fields| fields.values().any(|f| f.get("const").is_some()))
                };
                if arms.len() > 1 && arms.iter().all(has_tag) {
                    unions += 1;
                    let tag = object["discriminator"]["propertyName"].as_str().unwrap();
                    let values: BTreeSet<String> =
                        arms.iter().map(|arm| resolved(arm)["properties"][tag]["const"].to_string()).collect();
                    assert_eq!(values.len(), arms.len(), "{path}: {object}");
                }
            });
            assert!(unions >= 39, "{path}: {unions} tagged unions");
        }
    }
}

#[test]
fn names_are_not_numbered_to_keep_them_apart() {
    for surface in SURFACES {
        let bundle = document(surface, "bundle.refs.json");
        let definitions = bundle["$defs"].as_object().unwrap();
        let numbered: Vec<&String> = definitions
            .keys()
            .filter(|name| definitions.contains_key(name.trim_end_matches(|letter: char| letter.is_ascii_digit())))
            .filter(|name| name.ends_with(|letter: char| letter.is_ascii_digit()))
            .collect();
        assert!(numbered.is_empty(), "{numbered:?}");
    }
}

#[test]
fn both_bundles_describe_the_same_types() {
    for surface in SURFACES {
        let inline = document(surface, "bundle.json");
        let refs = document(surface, "bundle.refs.json");
        for name in inline["$defs"].as_object().unwrap().keys() {
            assert!(refs["$defs"].get(name).is_some(), "{name}");
        }
        assert_eq!(inline["properties"], refs["properties"]);
    }
}

#[test]
fn the_map_lists_exactly_the_exported_methods_and_everything_it_names_exists() {
    let codes: BTreeSet<&str> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
    for surface in SURFACES {
        let map = document(surface, "methods.json");
        let bundle = document(surface, "bundle.json");
        let methods = map["methods"].as_array().unwrap();
        let names: Vec<&str> = methods.iter().map(|method| method["name"].as_str().unwrap()).collect();
        assert_eq!(names, exported(surface).map(|row| row.name).collect::<Vec<_>>());
        for method in methods {
            let name = &method["name"];
            for side in ["params", "result"] {
                if let Some(reference) = method.get(side).and_then(|side| side["$ref"].as_str()) {
                    let pointer = reference.strip_prefix("bundle.json#").unwrap();
                    assert!(bundle.pointer(pointer).is_some(), "{name}: {reference}");
                }
            }
            for cause in method.get("causes").and_then(Value::as_array).into_iter().flatten() {
                assert!(
                    names.contains(&cause.as_str().unwrap()),
                    "{name} causes {cause}, which is not in this document"
                );
            }
            for error in method.get("errors").and_then(Value::as_array).into_iter().flatten() {
                assert!(codes.contains(error.as_str().unwrap()), "{name}: {error}");
            }
        }
    }
}

#[test]
fn the_stable_documents_know_nothing_experimental() {
    let experimental: Vec<String> = exported(Surface::Experimental)
        .filter(|row| row.stability == Stability::Experimental)
        .map(|row| format!("\"{}\"", row.name))
        .collect();
    for file in export::own(Surface::Stable) {
        for name in &experimental {
            assert!(!file.contents.contains(name.as_str()), "{} knows {name}", file.path);
        }
        assert!(
            !file.contents.contains("\"dynamicTools\"") && !file.contents.contains("DynamicToolSpec"),
            "{}",
            file.path
        );
    }
}

/// A value that fits a schema, with little in it; fields of these names have these values.
fn value_of(schema: &Value, definitions: &Value, fixed: &[(&str, &str)]) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return value_of(&definitions[name.rsplit('/').next().unwrap()], definitions, fixed);
    }
    let first_of = |list: &Value| list.as_array().and_then(|list| list.first()).cloned();
    if let Some(value) = schema.get("const").cloned().or_else(|| first_of(&schema["enum"])) {
        return value;
    }
    let below = [&schema["oneOf"], &schema["anyOf"], &schema["allOf"]].into_iter().find_map(first_of);
    let kind = first_of(&schema["type"]).unwrap_or_else(|| schema["type"].clone());
    match (kind.as_str(), below) {
        (Some("object"), _) => {
            let required: Vec<&str> =
                schema["required"].as_array().into_iter().flatten().flat_map(Value::as_str).collect();
            let fields = schema["properties"].as_object().into_iter().flatten().filter_map(|(name, schema)| {
                let fixed_value = fixed.iter().find(|(field, _)| field == name).map(|(_, value)| Value::from(*value));
                let needed = || required.contains(&&**name).then(|| value_of(schema, definitions, fixed));
                Some((name.clone(), fixed_value.or_else(needed)?))
            });
            fields.collect()
        }
        (_, Some(below)) => value_of(&below, definitions, fixed),
        (Some("array"), _) => Value::Array(Vec::new()),
        (Some("string"), _) => "/x".into(),
        (Some("boolean"), _) => false.into(),
        (Some("integer" | "number"), _) => 0.into(),
        _ => Value::Null,
    }
}

#[test]
fn every_notification_that_names_a_turn_is_known_to_tell_about_it() {
    let bundle = document(Surface::Experimental, "bundle.json");
    let definitions = &bundle["$defs"];
    let mut found = 0;
    for arm in definitions["ServerNotification"]["oneOf"].as_array().unwrap() {
        let method = arm["properties"]["method"]["const"].as_str().unwrap();
        let params = &arm["properties"]["params"];
        let fields =
            &definitions[params["$ref"].as_str().unwrap_or_default().rsplit('/').next().unwrap()]["properties"];
        let named = if fields.get("turnId").is_some() {
            value_of(params, definitions, &[("threadId", "t"), ("turnId", "u")])
        } else if fields.get("turn").is_some() {
            let mut params = value_of(params, definitions, &[("threadId", "t")]);
            params["turn"]["id"] = "u".into();
            params
        } else {
            continue;
        };
        let raw = serde_json::value::to_raw_value(&named).unwrap();
        let told = ServerNotification::decode(method, Some(&raw)).unwrap();
        let told = told.unwrap_or_else(|error| panic!("{method} with {named}: {error:?}"));
        assert_eq!(told.turn(), Some(("t", "u")), "{method}");
        found += 1;
    }
    assert!(found > 30, "{found}");
}
