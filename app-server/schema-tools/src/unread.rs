//! Fields of a message that nothing reads: they are not in the schema of where they stand.

use serde_json::Value;

use crate::export::{Direction, Export, Kinds, Node, NodeId};

/// How deep values are looked into; deeper ones are no messages.
const MAX_DEPTH: usize = 128;

impl Export {
    /// The place of the first field in the params of a client's request that the schema does not know, as a JSON pointer below
    /// the params. `None` for an unknown method.
    #[must_use]
    pub fn unread_param(&self, method: &str, params: &Value) -> Option<String> {
        let schema = self.method(Direction::ClientRequest, method)?.params?;
        let mut look = Look { export: self, place: Vec::new() };
        look.finds(&[schema], params).then(|| look.pointer())
    }
}

/// A step into a value.
enum Step<'v> {
    Field(&'v str),
    Element(usize),
}

struct Look<'a, 'v> {
    export: &'a Export,
    /// Where it looks.
    place: Vec<Step<'v>>,
}

impl<'a, 'v> Look<'a, 'v> {
    /// Whether a value that has to fit one of these schemas has a field that none of them knows; its place is kept.
    fn finds(&mut self, schemas: &[NodeId], value: &'v Value) -> bool {
        if self.place.len() > MAX_DEPTH {
            return false;
        }
        let mut nodes = Vec::new();
        for schema in schemas {
            self.gather(*schema, value, &mut nodes, 0);
        }
        // A schema that says nothing takes everything.
        if nodes.iter().any(|node| !node.says_something()) {
            return false;
        }
        match value {
            Value::Object(fields) => fields.iter().any(|(name, value)| {
                let of_field = nodes.iter().filter_map(|node| node.fields.get(name).or(node.additional.as_ref()));
                let known: Vec<NodeId> = of_field.copied().filter(|id| !self.export.node(*id).nothing).collect();
                self.step(Step::Field(name), |look| known.is_empty() || look.finds(&known, value))
            }),
            Value::Array(elements) => elements.iter().enumerate().any(|(index, value)| {
                let of_element = nodes.iter().filter_map(|node| node.prefix.get(index).or(node.items.as_ref()));
                let known: Vec<NodeId> = of_element.copied().collect();
                // What a schema does not say of elements, it leaves open.
                self.step(Step::Element(index), |look| !known.is_empty() && look.finds(&known, value))
            }),
            _ => false,
        }
    }

    fn step(&mut self, step: Step<'v>, finds: impl FnOnce(&mut Self) -> bool) -> bool {
        self.place.push(step);
        let found = finds(self);
        if !found {
            self.place.pop();
        }
        found
    }

    fn pointer(&self) -> String {
        let steps = self.place.iter().map(|step| match step {
            Step::Field(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Element(index) => format!("/{index}"),
        });
        steps.collect()
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
        let export = export();
        let place = |params: Value| export.unread_param("a", &params);
        assert_eq!(place(json!({ "list": [{ "type": "x", "x": 1 }, { "type": "y", "y": { "any": 1 } }] })), None);
        assert_eq!(
            place(json!({ "list": [{ "type": "x", "x": 1 }, { "type": "y", "y": 1, "x": 1 }] })).unwrap(),
            "/list/1/x"
        );
        assert_eq!(
            place(json!({ "map": { "k/ey": { "one": "" }, "o": { "one": "", "two": "" } } })).unwrap(),
            "/map/o/two"
        );
        assert_eq!(place(json!({ "map": { "k/ey": { "two": "" } } })).unwrap(), "/map/k~1ey/two");
        assert_eq!(place(json!({ "none": { "three": "" } })).unwrap(), "/none/three");
        assert_eq!(place(json!({ "list": [], "none": null, "more": {} })).unwrap(), "/more");
        assert_eq!(place(json!({ "list": [], "none": null })), None);
        assert_eq!(export.unread_param("b", &json!({ "more": {} })), None);
    }

    #[test]
    fn what_a_schema_leaves_open_takes_everything() {
        for free in
            [json!({ "any": [{ "thing": 1 }] }), json!([{ "any": [[{}]] }]), json!([[1], { "x": [{}] }]), json!(1)]
        {
            let params = json!({ "free": free, "list": [{ "type": "x", "x": free }] });
            assert_eq!(export().unread_param("a", &params), None, "{free}");
        }
    }
}
