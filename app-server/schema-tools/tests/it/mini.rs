//! Small exports in the compatible form.

use codex_app_server_schema_tools::Export;
use serde_json::{Map, Value, json};

/// An export of one method in each direction: `do` (params `DoParams`, result `DoResponse`), `ask` (`AskParams`,
/// `AskResponse`), `told` (`Told`) and `done`. Types that are not given are empty objects.
pub fn export(types: Value) -> Export {
    Export::from_compatible(&bundle(types)).unwrap()
}

/// The document behind [`export`].
pub fn bundle(types: Value) -> Value {
    let Value::Object(types) = types else { panic!("types are an object") };
    let mut all: Map<String, Value> = ["DoParams", "DoResponse", "AskParams", "AskResponse", "Told"]
        .into_iter()
        .map(|name| (name.to_owned(), json!({ "type": "object" })))
        .collect();
    all.extend(types);
    json!({
        "definitions": {
            "ClientRequest": { "oneOf": [request("do", "DoParams")] },
            "ServerRequest": { "oneOf": [request("ask", "AskParams")] },
            "ServerNotification": { "oneOf": [notification("told", Some("Told"))] },
            "ClientNotification": { "oneOf": [notification("done", None)] },
            "v2": all,
        }
    })
}

/// An arm of a union of requests.
pub fn request(method: &str, params: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "method": { "type": "string", "enum": [method] },
            "id": { "type": ["string", "integer"] },
            "params": { "$ref": format!("#/definitions/v2/{params}") },
        },
        "required": ["method", "id", "params"],
    })
}

/// An arm of a union of notifications.
pub fn notification(method: &str, params: Option<&str>) -> Value {
    let mut arm = json!({
        "type": "object",
        "properties": { "method": { "type": "string", "enum": [method] } },
        "required": ["method"],
    });
    if let Some(params) = params {
        arm["properties"]["params"] = json!({ "$ref": format!("#/definitions/v2/{params}") });
        arm["required"] = json!(["method", "params"]);
    }
    arm
}

/// An object schema; fields with a `?` behind their name are optional.
pub fn object(fields: Value) -> Value {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    let required: Vec<&String> = fields.keys().filter(|name| !name.ends_with('?')).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, schema)| (name.trim_end_matches('?').to_owned(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// A reference to a type of these exports.
pub fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/v2/{name}") })
}
