//! The bundles: every definition in one document, once with the arms of unions in place, once by reference.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::Surface;
use super::super::normalize::pascal;
use super::definitions::Definitions;
use super::messages;
use super::shape::{list, tag_of};
use crate::WIRE_VERSION;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
const DEFS: &str = "#/$defs/";

/// The bundle with the arms of unions in place.
pub(super) fn inline(definitions: &Definitions, surface: Surface) -> Value {
    let all: Map<String, Value> = messages::all(definitions).into_iter().collect();
    let title = match surface {
        Surface::Stable => "CodexAppServerProtocol",
        Surface::Experimental => "CodexAppServerProtocolExperimental",
    };
    json!({
        "$schema": DRAFT,
        "title": title,
        "description": format!(
            "The wire of the codex app-server, version {WIRE_VERSION}. The root is no message: its properties lead to every \
             message and type."
        ),
        "type": "object",
        "properties": messages::root_properties(definitions, messages::other_types(definitions)),
        "$defs": all,
    })
}

/// The same with every object that stands inside another schema as a definition of its own.
pub(super) fn with_references(inline: &Value) -> Value {
    let mut out = inline.clone();
    let Some(Value::Object(definitions)) = out.get_mut("$defs").map(Value::take) else {
        return out;
    };
    let mut hoist = Hoist { names: definitions.keys().cloned().collect(), hoisted: Vec::new() };
    let mut all = Map::new();
    for (name, mut schema) in definitions {
        hoist.inside(&name, &mut schema);
        all.insert(name, schema);
        // What was found inside stands right behind it.
        all.extend(hoist.hoisted.drain(..));
    }
    out["$defs"] = Value::Object(all);
    out
}

/// Moves objects and lists of values out of schemas.
struct Hoist {
    names: BTreeSet<String>,
    hoisted: Vec<(String, Value)>,
}

impl Hoist {
    /// Looks for what can be moved inside the schema with this name.
    fn inside(&mut self, name: &str, schema: &mut Value) {
        let Value::Object(object) = schema else {
            return;
        };
        for key in ["oneOf", "anyOf"] {
            let Some(Value::Array(arms)) = object.get_mut(key) else { continue };
            let tag = tag_of(arms);
            let mut mapping = Map::new();
            for arm in arms.iter_mut() {
                let value = tag.as_ref().and_then(|tag| arm["properties"][tag]["const"].as_str()).map(str::to_owned);
                let own = arm.get("title").and_then(Value::as_str).unwrap_or(name).to_owned();
                self.place(&own, arm);
                if let (Some(value), Some(reference)) = (value, arm.get("$ref")) {
                    mapping.insert(value, reference.clone());
                }
            }
            if let (Some(tag), false) = (tag, mapping.is_empty()) {
                object.insert("discriminator".to_owned(), json!({ "propertyName": tag, "mapping": mapping }));
            }
        }
        if let Some(Value::Object(properties)) = object.get_mut("properties") {
            for (property, schema) in properties {
                self.place(&format!("{name}{}", pascal(property)), schema);
            }
        }
        for key in ["items", "additionalProperties"] {
            if let Some(schema) = object.get_mut(key) {
                self.place(&format!("{name}Item"), schema);
            }
        }
    }

    /// Moves this schema where it is an object with fields, a union or a list of values; else looks inside.
    fn place(&mut self, name: &str, schema: &mut Value) {
        let is_moved = schema.get("properties").is_some()
            || schema.get("oneOf").is_some()
            || schema.get("enum").is_some_and(|values| list(values).len() > 1);
        if !is_moved {
            return self.inside(name, schema);
        }
        let own = self.free(name);
        let mut moved = schema.take();
        if let Value::Object(object) = &mut moved {
            object.shift_remove("title");
        }
        self.inside(&own, &mut moved);
        *schema = json!({ "$ref": format!("{DEFS}{own}") });
        self.hoisted.push((own, moved));
    }

    /// The name, or the name with a number where another definition has it.
    fn free(&mut self, name: &str) -> String {
        let numbered = std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{name}{number}")));
        let free = numbered.into_iter().find(|name| !self.names.contains(name)).unwrap_or_default();
        self.names.insert(free.clone());
        free
    }
}
