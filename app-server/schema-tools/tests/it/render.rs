//! The report as text, Markdown and JSON.

use codex_app_server_schema_tools::{Report, diff};
use serde_json::json;

use crate::mini::{export, object, to};

fn report() -> Report {
    let text = json!({ "type": "string" });
    let old = export(json!({
        "Mode": { "enum": ["x", "y"] },
        "DoParams": object(json!({ "mode?": to("Mode"), "limit?": { "type": "integer", "format": "uint32", "default": 10 } })),
        "Told": object(json!({ "mode": to("Mode"), "name": text })),
    }));
    let new = export(json!({
        "Style": { "type": "string", "enum": ["x", "z"] },
        "DoParams": object(json!({ "mode?": to("Style"), "limit?": { "type": "integer", "format": "uint32", "default": 20, "maximum": 50 } })),
        "Told": object(json!({ "mode": to("Style"), "name?": { "type": ["string", "null"] } })),
        "AskParams": object(json!({ "note": { "type": "array", "items": { "anyOf": [text, { "type": "integer" }] } } })),
    }));
    diff(&old, &new)
}

#[test]
fn text() {
    insta::assert_snapshot!(report().text());
}

#[test]
fn markdown() {
    insta::assert_snapshot!(report().markdown());
}

#[test]
fn json() {
    insta::assert_snapshot!(report().json().unwrap());
}

#[test]
fn nothing_to_say() {
    assert_eq!(Report::default().text(), "0 breaking, 0 additive, 0 notes\n");
    assert_eq!(Report::default().markdown(), "# Schema changes\n\n0 breaking, 0 additive, 0 notes.\n");
}
