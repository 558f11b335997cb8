//! What is read, in which form, and what is refused.

use codex_app_server_schema_tools::{Direction, Export, LoadError, Report, check, diff};
use serde_json::{Value, json};

use crate::checked_in::{EXPERIMENTAL, STABLE, folder};
use crate::mini::bundle;

/// Our own form of a small export, its arms in place or by reference.
fn own(by_reference: bool) -> (Value, Value) {
    let arm = json!({
        "type": "object",
        "properties": { "method": { "type": "string", "const": "do" }, "id": { "$ref": "#/$defs/RequestId" }, "params": { "$ref": "#/$defs/DoParams" } },
        "required": ["method", "id", "params"],
    });
    let told = json!({
        "type": "object",
        "properties": { "method": { "const": "told" }, "emittedAtMs": { "type": "integer" } },
        "required": ["method", "emittedAtMs"],
    });
    let bundle = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "clientRequest": { "$ref": "#/$defs/ClientRequest" },
            "serverNotification": { "$ref": "#/$defs/ServerNotification" },
        },
        "$defs": {
            "ClientRequest": {
                "oneOf": [if by_reference { json!({ "$ref": "#/$defs/DoRequest" }) } else { arm.clone() }],
                "discriminator": { "propertyName": "method" },
            },
            "DoRequest": arm,
            // One message is no union.
            "ServerNotification": told,
            "RequestId": { "type": ["string", "integer"] },
            "DoParams": { "type": "object", "properties": { "a": { "$ref": "#/$defs/RequestId", "description": "With words beside it." } }, "required": ["a"] },
            "Done": { "type": "object", "properties": { "ok": { "const": true } }, "required": ["ok"] },
        },
    });
    let methods = json!({ "methods": [
        { "name": "do", "direction": "clientRequest", "params": { "$ref": "bundle.json#/$defs/DoParams" }, "result": { "$ref": "bundle.json#/$defs/Done" } },
        { "name": "told", "direction": "serverNotification", "params": null },
        { "name": "listed/only", "direction": "clientRequest", "params": { "$ref": "bundle.json#/$defs/DoParams" }, "paramsOptional": true, "result": null },
    ] });
    (bundle, methods)
}

#[test]
fn our_own_form_is_read_with_its_method_table() {
    let folder = tempfile::tempdir().unwrap();
    let (bundle, methods) = own(false);
    std::fs::write(folder.path().join("bundle.json"), bundle.to_string()).unwrap();
    std::fs::write(folder.path().join("methods.json"), methods.to_string()).unwrap();
    let export = Export::load(folder.path()).unwrap();
    assert_eq!(counts(&export), [2, 0, 1, 0]);
    let log = r#"-> {"id":1,"method":"do","params":{"a":null}}
<- {"id":1,"result":{"ok":false}}
<- {"method":"told"}
-> {"id":2,"method":"listed/only"}
<- {"id":2,"result":"anything"}"#;
    let outcome = check(&export, log.as_bytes()).unwrap();
    let found: Vec<String> = outcome
        .complaints
        .iter()
        .map(|it| format!("{} {}: {} / {}", it.line, it.pointer, it.expected, it.found))
        .collect();
    assert_eq!(
        found,
        ["1 /params/a: integer | string / null", "2 /result/ok: true / false", "3 /emittedAtMs: integer / nothing"]
    );
}

pub fn counts(export: &Export) -> [usize; 4] {
    [Direction::ClientRequest, Direction::ServerRequest, Direction::ServerNotification, Direction::ClientNotification]
        .map(|direction| export.method_count(direction))
}

#[test]
fn arms_in_place_and_by_reference_are_the_same() {
    let read = |by_reference: bool| {
        let (bundle, methods) = own(by_reference);
        Export::from_own(&bundle, Some(&methods)).unwrap()
    };
    assert_eq!(diff(&read(false), &read(true)), Report::default());
}

#[test]
fn without_a_method_table_results_are_found_by_name() {
    let (mut bundle, _) = own(false);
    bundle["$defs"]["DoResponse"] = bundle["$defs"]["Done"].take();
    bundle["$defs"].as_object_mut().unwrap().shift_remove("Done");
    let export = Export::from_own(&bundle, None).unwrap();
    let log = "-> {\"id\":1,\"method\":\"do\",\"params\":{\"a\":1}}\n<- {\"id\":1,\"result\":{}}";
    let outcome = check(&export, log.as_bytes()).unwrap();
    assert_eq!(outcome.complaints[0].pointer, "/result/ok");
}

#[test]
fn our_own_exports_of_both_surfaces_fit_together() {
    let read = |name: &str| Export::load(&folder(name)).unwrap();
    let (stable, experimental) = (read("own"), read("experimental/own"));
    assert_eq!(diff(&stable, &stable), Report::default());
    let report = diff(&stable, &experimental);
    assert!(!report.is_breaking(), "{}", report.text());
    for (own, compatible) in [(&stable, &*STABLE), (&experimental, &*EXPERIMENTAL)] {
        // Our own have the extensions besides, which are one request and one notification.
        let mut expected = counts(compatible);
        expected[0] += 1;
        expected[2] += 1;
        assert_eq!(counts(own), expected);
        let report = diff(compatible, own);
        let is_extension = |path: &str| path.starts_with("ext/");
        let of_methods = report.findings.iter().filter(|it| it.rule.id().starts_with("method-"));
        assert!(of_methods.clone().all(|it| is_extension(&it.path)), "{}", report.text());
        assert_eq!(of_methods.count(), 2, "{}", report.text());
    }
}

#[test]
fn what_is_no_export_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    let error = Export::load(empty.path()).unwrap_err();
    assert!(matches!(&error, LoadError::Folder { source, .. } if matches!(**source, LoadError::NoMethods)));
    assert!(error.to_string().starts_with(empty.path().to_str().unwrap()), "{error}");
    assert!(Export::load(&empty.path().join("missing")).is_err());
    std::fs::write(empty.path().join("bundle.json"), "{").unwrap();
    let error = Export::load(empty.path()).unwrap_err();
    assert!(matches!(error, LoadError::Json { .. }) && error.to_string().contains("bundle.json: EOF"), "{error}");

    let refused = |types: Value| Export::from_compatible(&bundle(types)).unwrap_err().to_string();
    assert_eq!(
        refused(json!({ "Told": { "$ref": "#/definitions/v2/Nowhere" } })),
        "unknown reference #/definitions/v2/Nowhere"
    );
    assert_eq!(refused(json!({ "Told": 3 })), "a schema is a number");
    assert_eq!(refused(json!({ "Told": { "type": "text" } })), "type is an unexpected string");
    assert_eq!(refused(json!({ "Told": { "required": true } })), "required is a boolean");
    assert_eq!(refused(json!({ "Told": { "anyOf": {} } })), "anyOf is an object");
    let mut deep = json!({});
    for _ in 0..200 {
        deep = json!({ "items": deep });
    }
    assert_eq!(refused(json!({ "Told": deep })), "schemas are nested too deeply");
    let mut circle = bundle(json!({ "Loop": { "$ref": "#/definitions/v2/Loop" } }));
    circle["definitions"]["ClientRequest"] = json!({ "$ref": "#/definitions/v2/Loop" });
    assert!(matches!(Export::from_compatible(&circle), Err(LoadError::TooDeep)));
}
