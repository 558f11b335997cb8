//! The exported OpenRPC documents are OpenRPC documents, and their references lead somewhere.

use serde_json::Value;

use crate::checked_in::folder;

const META: &str = include_str!("../data/openrpc-meta-schema.json");

/// The meta-schema, with draft-07 in place of the JSON Schema that it refers to by an address.
fn meta_schema() -> Value {
    const DRAFT: &str = "http://json-schema.org/draft-07/schema#";
    let one_reference = r##""$ref": "https://meta.json-schema.tools/#/definitions/JSONSchemaObject/properties/$ref""##;
    let text = META
        .replace(one_reference, r#""type": "string""#)
        .replace("\"https://meta.json-schema.tools/\"", &format!("\"{DRAFT}\""))
        .replace("\"https://meta.json-schema.tools\"", &format!("\"{DRAFT}\""));
    assert!(!text.contains("meta.json-schema.tools"));
    serde_json::from_str(&text).unwrap()
}

fn document_of(export: &str) -> Value {
    let text = std::fs::read_to_string(folder(export).join("openrpc.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn the_openrpc_documents_are_valid_and_whole() {
    let validator = jsonschema::options().build(&meta_schema()).unwrap();
    for export in ["own", "experimental/own"] {
        let document = document_of(export);
        let complaints: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{} at {}", error, error.instance_path())).collect();
        assert!(complaints.is_empty(), "{export}: {}", complaints.join("\n"));
        let mut found = Vec::new();
        references(&document, &mut found);
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{export}: {reference} leads nowhere");
        }
        assert!(document["methods"].as_array().unwrap().len() > 100);
    }
}

#[test]
fn what_is_no_openrpc_document_is_told() {
    let validator = jsonschema::options().build(&meta_schema()).unwrap();
    let mut document = document_of("own");
    document["methods"][0].as_object_mut().unwrap().shift_remove("params");
    assert!(!validator.is_valid(&document));
}
