//! Fields of a message that nothing reads: they are not in the schema of where they stand.

use serde_json::Value;

use crate::export::{Direction, Export, Kinds, Node, NodeId};

/// How deep values are looked into; deeper ones are no messages.
const MAX_DEPTH: usize = 128;

impl Export {
    /// The places of fields in the params of a client's request that the schema does not know, as JSON pointers below the
    /// params. Nothing for an unknown method.
    #[must_use]
    pub fn unread_params(&self, method: &str, params: &Value) -> Vec<String> {
        let mut places = Vec::new();
        if let Some(schema) = self.method(Direction::ClientRequest, method).and_then(|method| method.params) {
            Look { export: self, places: &mut places }.at(&[schema], params, String::new(), 0);
        }
        places
    }
}

struct Look<'a> {
    export: &'a Export,
    places: &'a mut Vec<String>,
}

impl<'a> Look<'a> {
    /// Looks into a value that has to fit one of these schemas.
    fn at(&mut self, schemas: &[NodeId], value: &Value, pointer: String, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let mut nodes = Vec::new();
        for schema in schemas {
            self.gather(*schema, value, &mut nodes, 0);
        }
        match value {
            Value::Object(fields) => {
                // A schema that says nothing takes everything.
                if nodes.iter().any(|node| !node.says_something()) {
                    return;
                }
                for (name, value) in fields {
                    let of_field = nodes.iter().filter_map(|node| node.fields.get(name).or(node.additional.as_ref()));
                    let known: Vec<NodeId> = of_field.copied().filter(|id| !self.export.node(*id).nothing).collect();
                    let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                    if known.is_empty() {
                        self.places.push(pointer);
                    } else {
                        self.at(&known, value, pointer, depth + 1);
                    }
                }
            }
            Value::Array(elements) => {
                for (index, value) in elements.iter().enumerate() {
                    let of_element = nodes.iter().filter_map(|node| node.prefix.get(index).or(node.items.as_ref()));
                    let known: Vec<NodeId> = of_element.copied().collect();
                    self.at(&known, value, format!("{pointer}/{index}"), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Follows references and unions to the nodes that may be meant by a value.
    fn gather(&self, schema: NodeId, value: &Value, found: &mut Vec<&'a Node>, depth: usize) {
        let node = self.export.node(schema);
        if depth > MAX_DEPTH || !may_be(self.export, node, value) {
            return;
        }
        let below = node.reference.iter().chain(&node.one_of).chain(&node.any_of).chain(&node.all_of);
        let mut is_leaf = true;
        for next in below {
            is_leaf = false;
            self.gather(*next, value, found, depth + 1);
        }
        if is_leaf || node.says_something() {
            found.push(node);
        }
    }
}

/// Whether a value may be meant by a schema, by its kind and by the fields whose values the schema fixes.
fn may_be(export: &Export, node: &Node, value: &Value) -> bool {
    let fits = |id: &NodeId, value: &Value| {
        let node = export.node(*id);
        node.values.as_ref().is_none_or(|values| values.contains(value))
    };
    node.kinds.is_none_or(|kinds| kinds.contains(Kinds::of(value)))
        && node.required.iter().all(|name| {
            value.get(name).is_none_or(|value| node.fields.get(name).is_none_or(|schema| fits(schema, value)))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn export() -> Export {
        let bundle = json!({
            "properties": { "clientRequest": { "$ref": "#/$defs/ClientRequest" } },
            "$defs": {
                "ClientRequest": { "oneOf": [{
                    "type": "object", "required": ["method", "id", "params"],
                    "properties": {
                        "method": { "const": "a" }, "id": {}, "params": { "$ref": "#/$defs/AParams" }
                    },
                }] },
                "AParams": {
                    "type": "object", "required": ["list"],
                    "properties": {
                        "list": { "type": "array", "items": { "$ref": "#/$defs/Tagged" } },
                        "free": true,
                        "map": { "type": "object", "additionalProperties": { "$ref": "#/$defs/One" } },
                        "none": { "anyOf": [{ "$ref": "#/$defs/One" }, { "type": "null" }] },
                    },
                },
                "Tagged": { "oneOf": [
                    { "type": "object", "required": ["type", "x"], "properties": { "type": { "const": "x" }, "x": {} } },
                    { "type": "object", "required": ["type", "y"], "properties": { "type": { "const": "y" }, "y": {} } },
                ] },
                "One": { "type": "object", "properties": { "one": { "type": "string" } } },
            },
        });
        Export::from_own(&bundle, None).unwrap()
    }

    #[test]
    fn only_what_no_schema_knows_at_its_place_is_told() {
        let params = json!({
            "list": [{ "type": "x", "x": 1 }, { "type": "y", "y": { "any": 1 }, "x": 1 }],
            "free": { "whatever": 1 },
            "map": { "k/ey": { "one": "", "two": "" } },
            "none": { "three": "" },
            "more": {},
        });
        let mut places = export().unread_params("a", &params);
        places.sort();
        assert_eq!(places, ["/list/1/x", "/map/k~1ey/two", "/more", "/none/three"]);
        assert_eq!(export().unread_params("a", &json!({ "list": [], "none": null })), [""; 0]);
        assert_eq!(export().unread_params("b", &params), [""; 0]);
    }
}
