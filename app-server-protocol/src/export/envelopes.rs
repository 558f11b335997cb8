//! The unions of all messages of one direction, made from the method tables.

use serde_json::{Map, Value, json};

use super::types::{Method, Types};
use crate::Direction;

/// A union of messages.
pub(super) struct Union {
    pub(super) name: &'static str,
    pub(super) direction: Direction,
    docs: &'static str,
}

/// The four directions.
pub(super) const UNIONS: [Union; 4] = [
    Union { name: "ClientRequest", direction: Direction::ClientRequest, docs: "A request of a client." },
    Union { name: "ServerRequest", direction: Direction::ServerRequest, docs: "A request of the server." },
    Union {
        name: "ServerNotification",
        direction: Direction::ServerNotification,
        docs: "A notification of the server.",
    },
    Union { name: "ClientNotification", direction: Direction::ClientNotification, docs: "A notification of a client." },
];

/// What every notification of the server carries beside method and params.
pub(super) fn emitted_at_ms() -> Value {
    json!({
        "description": "When the server emitted the notification, in milliseconds since the Unix epoch. The same for \
            every connection.",
        "type": "integer",
        "format": "int64"
    })
}

impl Union {
    /// The schema: one arm for each method of the surface.
    pub(super) fn schema(&self, types: &Types) -> Value {
        let arms: Vec<Value> = types.methods(self.direction).map(|method| self.arm(method)).collect();
        json!({ "description": self.docs, "oneOf": arms })
    }

    fn arm(&self, method: &Method) -> Value {
        let is_request = matches!(self.direction, Direction::ClientRequest | Direction::ServerRequest);
        let name = method.row.name;
        let title = format!("{}{}", capitalized(name), if is_request { "Request" } else { "Notification" });
        let mut properties = Map::new();
        let mut required = vec!["method"];
        properties.insert(
            "method".to_owned(),
            json!({ "title": format!("{title}Method"), "type": "string", "enum": [name] }),
        );
        if is_request {
            properties.insert("id".to_owned(), json!({ "$ref": "#/definitions/RequestId" }));
            required.push("id");
        }
        if is_request || !is_null(&method.params) {
            properties.insert("params".to_owned(), method.params.clone());
            if !takes_null(&method.params) {
                required.push("params");
            }
        }
        let mut arm = Map::new();
        arm.insert("title".to_owned(), title.into());
        let docs: Vec<&str> = method.row.docs.iter().map(|line| line.trim()).collect();
        if !docs.is_empty() {
            arm.insert("description".to_owned(), docs.join("\n").into());
        }
        arm.insert("type".to_owned(), "object".into());
        arm.insert("properties".to_owned(), Value::Object(properties));
        arm.insert("required".to_owned(), required.into());
        Value::Object(arm)
    }
}

/// Whether there are no params.
pub(super) fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// Whether params may be null or left out.
pub(super) fn takes_null(schema: &Value) -> bool {
    is_null(schema) || schema.get("anyOf").and_then(Value::as_array).is_some_and(|arms| arms.iter().any(is_null))
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
