//! The four unions of messages, the results by method, and the root that reaches everything.

use serde_json::{Map, Value, json};

use super::super::envelopes::{emitted_at_ms, is_null, takes_null};
use super::super::normalize::pascal;
use super::super::types::Method;
use super::definitions::{Definitions, Way, others};
use super::shape::Shape;
use crate::ext::MAX_KEY_BYTES;
use crate::{Direction, Extension, Stability};

/// A union of messages of our own documents.
pub(super) struct Union {
    pub(super) name: &'static str,
    /// Its property of the root.
    pub(super) property: &'static str,
    pub(super) direction: Direction,
    docs: &'static str,
    /// Behind the name of each arm.
    suffix: &'static str,
    /// The definition that holds the result of every method, and its property of the root.
    pub(super) results: Option<(&'static str, &'static str)>,
}

/// The four directions.
pub(super) const UNIONS: [Union; 4] = [
    Union {
        name: "ClientRequest",
        property: "clientRequest",
        direction: Direction::ClientRequest,
        docs: "A request of a client, told apart by its method.",
        suffix: "Request",
        results: Some(("ClientRequestResults", "clientRequestResults")),
    },
    Union {
        name: "ServerRequest",
        property: "serverRequest",
        direction: Direction::ServerRequest,
        docs: "A request of the server, told apart by its method. A client answers each.",
        suffix: "Request",
        results: Some(("ServerRequestResults", "serverRequestResults")),
    },
    Union {
        name: "ServerNotification",
        property: "serverNotification",
        direction: Direction::ServerNotification,
        docs: "A notification of the server, told apart by its method. Readers pass over those they do not know.",
        suffix: "Message",
        results: None,
    },
    Union {
        name: "ClientNotification",
        property: "clientNotification",
        direction: Direction::ClientNotification,
        docs: "A notification of a client.",
        suffix: "Message",
        results: None,
    },
];

impl Union {
    /// Which way the params of its messages go.
    pub(super) fn params_way(&self) -> Way {
        match self.direction {
            Direction::ClientRequest | Direction::ClientNotification => Way::Taken,
            Direction::ServerRequest | Direction::ServerNotification => Way::Written,
        }
    }

    /// Which way its results go.
    pub(super) fn results_way(&self) -> Way {
        match self.params_way() {
            Way::Taken => Way::Written,
            Way::Written => Way::Taken,
        }
    }

    fn is_request(&self) -> bool {
        self.results.is_some()
    }

    /// The union: one arm for each method.
    pub(super) fn schema(&self, definitions: &Definitions) -> Value {
        let arms: Vec<Value> =
            definitions.methods(self.direction).map(|method| self.arm(method, definitions)).collect();
        match <[Value; 1]>::try_from(arms) {
            // One message is no union.
            Ok([Value::Object(mut only)]) => {
                only.shift_remove("title");
                Value::Object(only)
            }
            Ok(arms) => json!({ "description": self.docs, "oneOf": arms }),
            Err(arms) => {
                let tag = json!({ "propertyName": "method" });
                json!({ "description": self.docs, "oneOf": arms, "discriminator": tag })
            }
        }
    }

    fn arm(&self, method: &Method, definitions: &Definitions) -> Value {
        let name = method.row.name;
        let mut properties = Map::new();
        let mut required = vec!["method"];
        properties.insert("method".to_owned(), json!({ "type": "string", "const": name }));
        let way = self.params_way();
        if self.is_request() {
            properties
                .insert("id".to_owned(), json!({ "$ref": format!("#/$defs/{}", definitions.name(way, "RequestId")) }));
            required.push("id");
        }
        let params = match is_null(&method.params) {
            // A method without params takes an empty object too.
            true => json!({ "type": ["object", "null"], "maxProperties": 0 }),
            false => shape(definitions, way).of(&method.params),
        };
        let takes_null = takes_null(&method.params);
        if self.is_request() || !is_null(&method.params) {
            properties.insert("params".to_owned(), params);
            if !takes_null {
                required.push("params");
            }
        }
        if self.direction == Direction::ServerNotification {
            properties.insert("emittedAtMs".to_owned(), emitted_at_ms());
            required.push("emittedAtMs");
            properties.insert("cursor".to_owned(), cursor());
        }
        if self.direction == Direction::ClientRequest && Extension::counts_keys(name) {
            properties.insert("idempotencyKey".to_owned(), idempotency_key());
        }
        let mut arm = Map::new();
        arm.insert("title".to_owned(), format!("{}{}", pascal(name), self.suffix).into());
        arm.insert("description".to_owned(), method.row.description().into());
        if method.row.stability == Stability::Experimental {
            arm.insert("x-experimental".to_owned(), true.into());
        }
        arm.insert("type".to_owned(), "object".into());
        arm.insert("properties".to_owned(), Value::Object(properties));
        arm.insert("required".to_owned(), required.into());
        Value::Object(arm)
    }

    /// The results of all methods, by method.
    fn result_map(&self, definitions: &Definitions) -> Value {
        let shape = shape(definitions, self.results_way());
        let results: Map<String, Value> = definitions
            .methods(self.direction)
            .map(|method| (method.row.name.to_owned(), shape.of(&method.result)))
            .collect();
        let docs = format!(
            "What each method of `{}` is answered with, by the method's name. A lookup table: no message has this form.",
            self.name
        );
        json!({ "description": docs, "type": "object", "properties": results })
    }
}

/// What a notification of a thread carries for clients that asked for replay.
fn cursor() -> Value {
    json!({
        "description": format!(
            "The place of the notification in its thread, for `ext/thread/replay`; only for clients that asked for {}.",
            Extension::Replay.name()
        ),
        "type": "string"
    })
}

/// The name of a request that may be sent again.
fn idempotency_key() -> Value {
    json!({
        "description": format!(
            "A name for the request, of at most {MAX_KEY_BYTES} bytes: the same one brings the first result again. Only for \
             clients that asked for {}.",
            Extension::Idempotency.name()
        ),
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_KEY_BYTES
    })
}

/// How schemas that go this way are shaped in a bundle.
pub(super) fn shape(definitions: &Definitions, way: Way) -> BundleShape<'_> {
    BundleShape { definitions, way }
}

/// See [`shape`].
pub(super) struct BundleShape<'a> {
    definitions: &'a Definitions,
    way: Way,
}

impl BundleShape<'_> {
    pub(super) fn of(&self, schema: &Value) -> Value {
        let rename = |name: &str| self.definitions.name(self.way, name);
        Shape { prefix: "#/$defs/", rename: &rename, prefix_items: true }.of(schema)
    }
}

/// Every definition of the bundles by name, in order: messages, results, then the types.
pub(super) fn all(definitions: &Definitions) -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> = Vec::new();
    for union in &UNIONS {
        all.push((union.name.to_owned(), union.schema(definitions)));
    }
    for union in &UNIONS {
        if let Some((name, _)) = union.results {
            all.push((name.to_owned(), union.result_map(definitions)));
        }
    }
    all.extend(definitions.all("#/$defs/", true));
    all
}

/// The properties of the root: a path to everything, so that generators come to every type.
pub(super) fn root_properties(
    definitions: &Definitions,
    written: impl Iterator<Item = &'static str>,
) -> Map<String, Value> {
    let reference = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    let mut properties = Map::new();
    for union in &UNIONS {
        properties.insert(union.property.to_owned(), reference(union.name));
    }
    for (name, property) in UNIONS.iter().filter_map(|union| union.results) {
        properties.insert(property.to_owned(), reference(name));
    }
    for name in written {
        let mut property = name.replacen("JSONRPC", "jsonRpc", 1);
        if let Some(first) = property.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        properties.insert(property, reference(&definitions.name(Way::Written, name)));
    }
    properties
}

/// See [`others`].
pub(super) fn other_types(definitions: &Definitions) -> impl Iterator<Item = &'static str> {
    others(definitions.written())
}
