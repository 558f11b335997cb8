//! The validator against the `jsonschema` crate, on every type of the experimental surface.
//!
//! A value is checked through the public door: as the params of a notification whose params are of that type.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use codex_app_server_schema_tools::{Export, Outcome, check};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::checked_in::folder;
use crate::values::{Dice, Maker, spoil};

/// The bundle with a notification for each type, which carries a value of it.
struct Subject {
    document: Value,
    /// Where each type stands.
    types: Vec<String>,
    export: Export,
    oracles: BTreeMap<String, Validator>,
}

/// Names that mean messages; the types of these names are carried under others.
const UNIONS: [&str; 4] = ["ClientRequest", "ServerRequest", "ClientNotification", "ServerNotification"];

static SUBJECT: LazyLock<Subject> = LazyLock::new(|| {
    let path = folder("experimental/json").join("codex_app_server_protocol.schemas.json");
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let definitions = document["definitions"].as_object().unwrap();
    let mut types: Vec<String> =
        definitions.keys().filter(|name| *name != "v2").map(|name| format!("#/definitions/{name}")).collect();
    types.extend(definitions["v2"].as_object().unwrap().keys().map(|name| format!("#/definitions/v2/{name}")));
    let mut carrier = document.clone();
    let definitions = carrier["definitions"].as_object_mut().unwrap();
    for union in UNIONS {
        let schema = definitions.shift_remove(union).unwrap();
        definitions.insert(format!("{union}Type"), schema);
    }
    let carry = |pointer: &String| {
        let is_union = UNIONS.iter().any(|union| pointer["#/definitions/".len()..] == **union);
        let reference = if is_union { format!("{pointer}Type") } else { pointer.clone() };
        let fields = json!({ "method": { "const": pointer }, "params": { "$ref": reference } });
        json!({ "type": "object", "properties": fields, "required": ["method", "params"] })
    };
    let arms: Vec<Value> = types.iter().map(carry).collect();
    definitions.insert("ServerNotification".to_owned(), json!({ "oneOf": arms }));
    let export = Export::from_compatible(&carrier).unwrap();
    let oracles = types.iter().map(|pointer| (pointer.clone(), oracle(&document, pointer))).collect();
    Subject { document, types, export, oracles }
});

/// The oracle for one type, with only those that it needs: it would read the whole bundle for each otherwise.
fn oracle(document: &Value, pointer: &str) -> Validator {
    let mut needed = BTreeSet::new();
    let mut waiting = vec![pointer.to_owned()];
    let mut definitions = Map::new();
    let mut nested = Map::new();
    while let Some(pointer) = waiting.pop() {
        if !needed.insert(pointer.clone()) {
            continue;
        }
        let mut schema = document.pointer(&pointer[1..]).unwrap().clone();
        ranges(&mut schema, &mut waiting);
        match pointer.strip_prefix("#/definitions/v2/") {
            Some(name) => nested.insert(name.to_owned(), schema),
            None => definitions.insert(pointer["#/definitions/".len()..].to_owned(), schema),
        };
    }
    definitions.insert("v2".to_owned(), nested.into());
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "allOf": [{ "$ref": pointer }],
        "definitions": definitions,
    });
    jsonschema::validator_for(&schema).unwrap()
}

/// The oracle does not know integer formats, so they are spelled out for it; references are collected on the way.
fn ranges(schema: &mut Value, references: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            let range = match fields.get("format").and_then(Value::as_str) {
                Some("int32") => Some((json!(i32::MIN), json!(i32::MAX))),
                Some("int64") => Some((json!(i64::MIN), json!(i64::MAX))),
                Some("uint16") => Some((json!(0), json!(u16::MAX))),
                Some("uint32") => Some((json!(0), json!(u32::MAX))),
                Some("uint64" | "uint") => Some((json!(0), json!(u64::MAX))),
                _ => None,
            };
            if let Some((min, max)) = range {
                fields.entry("minimum").or_insert(min);
                fields.entry("maximum").or_insert(max);
            }
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.push(reference.clone());
            }
            fields.values_mut().for_each(|value| ranges(value, references));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| ranges(value, references)),
        _ => {}
    }
}

fn checked(pointer: &str, value: &Value) -> Outcome {
    let line = json!({ "dir": "<-", "msg": { "method": pointer, "params": value } });
    check(&SUBJECT.export, line.to_string().as_bytes()).unwrap()
}

/// The verdict of both, which is the same.
#[track_caller]
fn agreed(pointer: &str, value: &Value) -> bool {
    let outcome = checked(pointer, value);
    let expected = SUBJECT.oracles[pointer].is_valid(value);
    assert_eq!(outcome.is_clean(), expected, "{pointer}\n{value:#}\n{}", outcome.text());
    expected
}

fn value(pointer: &str, seed: u64, spoiled: usize) -> Value {
    let maker = Maker { document: &SUBJECT.document };
    let mut dice = Dice::new(seed);
    let mut value = maker.make(&json!({ "$ref": pointer }), &mut dice, 0);
    for _ in 0..spoiled {
        spoil(&mut value, &mut dice);
    }
    value
}

#[test]
fn every_type_gets_the_verdict_of_the_oracle() {
    let mut valid = [0, 0];
    for pointer in &SUBJECT.types {
        for seed in 0..12 {
            let spoiled = usize::try_from(seed % 3).unwrap();
            let fits = agreed(pointer, &value(pointer, seed, spoiled));
            valid[spoiled.min(1)] += usize::from(fits);
        }
    }
    // The values are worth something: most that should fit do, and many of the others do not.
    let types = SUBJECT.types.len();
    assert!(valid[0] > types * 4 * 9 / 10, "{valid:?} of {types} types");
    assert!(valid[1] < types * 8 * 7 / 10, "{valid:?} of {types} types");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_get_the_verdict_of_the_oracle(at in any::<prop::sample::Index>(), seed in any::<u64>(), spoiled in 0_usize..4) {
        let pointer = at.get(&SUBJECT.types);
        agreed(pointer, &value(pointer, seed, spoiled));
    }
}
