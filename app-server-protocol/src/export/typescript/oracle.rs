//! ts-rs as the oracle: for types without anything experimental our text says what ts-rs makes of the Rust types.

#![allow(dead_code, reason = "the types are only described, never made")]

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::Contract;
use serde::Serialize;
use ts_rs::{Config, TS};

use super::super::Surface;
use super::super::normalize::Reading;
use super::super::types::{self, Types};
use super::Declared;

#[derive(Serialize, JsonSchema, TS)]
#[serde(rename_all = "camelCase")]
struct Fields {
    text: String,
    a_number: i32,
    ratio: f64,
    flag: bool,
    nullable: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional = nullable)]
    optional: Option<u32>,
    list: Vec<Nested>,
    nullable_list: Option<Vec<u8>>,
    map: BTreeMap<String, Nested>,
    nested: Option<Nested>,
    pair: (String, i32),
    #[serde(rename = "with-dash")]
    dashed: bool,
}

#[derive(Serialize, JsonSchema, TS)]
struct Nested {
    values: Option<Values>,
    snake_case: Box<Tagged>,
}

#[derive(Serialize, JsonSchema, TS)]
#[serde(rename_all = "camelCase")]
enum Values {
    One,
    TwoWords,
}

#[derive(Serialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Tagged {
    Empty {},
    WithFields { some_field: Option<bool>, more: Vec<Values> },
    Other { external: External },
}

#[derive(Serialize, JsonSchema, TS)]
#[serde(rename_all = "camelCase")]
enum External {
    Plain,
    Wrapped(String),
    Fields { untagged: Untagged },
}

#[derive(Serialize, JsonSchema, TS)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    Number(i32),
    List(Vec<String>),
}

#[derive(Serialize, JsonSchema, TS)]
#[serde(rename_all = "camelCase")]
struct Flattened {
    own_field: i32,
    #[serde(flatten)]
    kind: Tagged,
}

/// A declaration without what readers do not mind: line ends, commas before a brace, quotes of plain names. The reference
/// writes that a key of a map may be missing, which ts-rs 12 no longer does.
fn essence(declaration: &str) -> String {
    let mut words = declaration.split_whitespace().collect::<Vec<_>>().join(" ");
    for (from, to) in [
        (", }", " }"),
        (",}", " }"),
        ("( ", "("),
        (" )", ")"),
        ("\"type\":", "type:"),
        ("\"wrapped\":", "wrapped:"),
        ("\"fields\":", "fields:"),
        ("[key in string]?:", "[key in string]:"),
        ("export ", ""),
        (";", ""),
    ] {
        words = words.replace(from, to);
    }
    words.trim().to_owned()
}

fn ours(types: &Types, name: &str) -> String {
    essence(&Declared::new("", name, &types.get(name).unwrap().schema).text)
}

#[test]
fn every_form_reads_as_ts_rs_writes_it() {
    let mut generator = types::generator(Contract::Serialize);
    generator.subschema_for::<Fields>();
    generator.subschema_for::<Flattened>();
    let types = Types::new(generator.take_definitions(true), |_, _| Reading {
        surface: Surface::Stable,
        absent_is_never_null: false,
        reference_names: true,
        extensions: false,
    });
    let config = Config::default();
    let cases = [
        ("Fields", Fields::decl(&config)),
        ("Nested", Nested::decl(&config)),
        ("Values", Values::decl(&config)),
        ("Tagged", Tagged::decl(&config)),
        ("External", External::decl(&config)),
        ("Untagged", Untagged::decl(&config)),
        ("Flattened", Flattened::decl(&config)),
    ];
    for (name, oracle) in cases {
        assert_eq!(ours(&types, name), essence(&oracle), "{name}");
    }
}

#[test]
fn what_ts_rs_has_no_word_for_is_written_as_the_reference_does() {
    let declaration = |schema: serde_json::Value| Declared::new("", "T", &schema).text;
    assert_eq!(declaration(serde_json::json!({ "type": "object" })), "export type T = Record<string, never>;\n");
    assert_eq!(declaration(serde_json::json!(true)), "export type T = JsonValue;\n");
    assert_eq!(
        declaration(serde_json::json!({ "type": ["string", "object"] })),
        "export type T = string | { [key in string]?: JsonValue };\n"
    );
    let documented =
        serde_json::json!({ "description": "Ends */ early.\n\nMore.", "type": "string", "deprecated": true });
    assert_eq!(
        declaration(documented),
        "/**\n * Ends *\\/ early.\n *\n * More.\n * @deprecated\n */\nexport type T = string;\n"
    );
}
