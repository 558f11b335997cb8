//! The schema of a tool's arguments: what counts as one, and how the model is given it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

/// What is looked at; the name stands in the reference's errors, and so does the order of the fields.
#[derive(Deserialize)]
#[expect(dead_code, reason = "only whether it can be read counts")]
struct JsonSchema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    required: Option<Vec<String>>,
    properties: Option<BTreeMap<String, JsonSchema>>,
    items: Option<Box<JsonSchema>>,
    #[serde(rename = "enum")]
    values: Option<Vec<Value>>,
    #[serde(rename = "anyOf")]
    any_of: Option<Vec<JsonSchema>>,
    #[serde(rename = "oneOf")]
    one_of: Option<Vec<JsonSchema>>,
    #[serde(rename = "allOf")]
    all_of: Option<Vec<JsonSchema>>,
    #[serde(rename = "additionalProperties")]
    additional_properties: Option<AdditionalProperties>,
}

#[derive(Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only whether it can be read counts")]
enum AdditionalProperties {
    Schema(Box<JsonSchema>),
}

/// Whether a value is a schema; else why not, in the words of the reference.
pub(super) fn check(schema: &Value) -> Result<(), String> {
    let mut schema = schema.clone();
    open(&mut schema);
    serde_json::from_value::<JsonSchema>(schema).map(drop).map_err(|error| {
        let text = error.to_string();
        // The reference does not tell which number it was.
        match text.split_once('`').and_then(|(kind, rest)| Some((kind, rest.split_once('`')?.1))) {
            Some(("invalid type: integer " | "invalid type: floating point ", rest)) => {
                format!("invalid type: number{rest}")
            }
            _ => text,
        }
    })
}

/// A schema may be a bare yes or no.
fn open(schema: &mut Value) {
    match schema {
        Value::Bool(_) => *schema = json!({}),
        Value::Object(fields) => fields.values_mut().for_each(|value| match value {
            Value::Array(several) => several.iter_mut().for_each(open_object),
            other => open(other),
        }),
        _ => {}
    }
}

fn open_object(value: &mut Value) {
    if value.is_object() || value.is_boolean() {
        open(value);
    }
}

/// The schema as the model is given it: the arguments of a call are an object in any case.
pub(super) fn parameters(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) if fields.contains_key("type") => schema.clone(),
        Value::Object(fields) => {
            let mut fields = fields.clone();
            fields.insert("type".to_owned(), "object".into());
            Value::Object(fields)
        }
        _ => json!({ "type": "object", "properties": {} }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_schema_is_refused_in_the_words_of_the_reference() {
        for (schema, expected) in [
            (json!([1]), "invalid type: number, expected a string"),
            (json!("x"), "invalid type: string \"x\", expected struct JsonSchema"),
            (json!(null), "invalid type: null, expected struct JsonSchema"),
            (json!({ "properties": 3 }), "invalid type: number, expected a map"),
            (json!({ "properties": { "a": 5 } }), "invalid type: number, expected struct JsonSchema"),
            (json!({ "required": "x" }), "invalid type: string \"x\", expected a sequence"),
            (json!({ "required": [5] }), "invalid type: number, expected a string"),
            (json!({ "enum": 3 }), "invalid type: number, expected a sequence"),
            (json!({ "anyOf": 3 }), "invalid type: number, expected a sequence"),
            (json!({ "type": "array", "items": 5 }), "invalid type: number, expected struct JsonSchema"),
            (json!({ "$ref": 5 }), "invalid type: number, expected a string"),
            (
                json!({ "additionalProperties": 5 }),
                "data did not match any variant of untagged enum AdditionalProperties",
            ),
        ] {
            assert_eq!(check(&schema).unwrap_err(), expected, "{schema}");
        }
        for schema in [
            json!(true),
            json!({}),
            json!({ "type": 5, "description": 5, "format": 5, "const": 5, "anyOf": [] }),
            json!({ "type": ["object", "null"], "properties": { "a": true, "b": { "items": false } },
                "additionalProperties": false, "enum": [true, [1], {"a": 1}], "required": ["a"] }),
        ] {
            assert_eq!(check(&schema), Ok(()), "{schema}");
        }
    }

    #[test]
    fn the_model_is_given_the_whole_schema_and_an_object_in_any_case() {
        let whole =
            json!({ "type": "object", "properties": { "a": { "type": "integer", "minimum": 3 } }, "title": "T" });
        assert_eq!(parameters(&whole), whole);
        assert_eq!(parameters(&json!({ "properties": {} })), json!({ "type": "object", "properties": {} }));
        assert_eq!(parameters(&json!(true)), json!({ "type": "object", "properties": {} }));
    }
}
