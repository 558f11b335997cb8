//! One schema as a TypeScript type.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::JSON;

/// Prints types and remembers which others they name.
#[derive(Debug, Default)]
pub(super) struct Printer {
    /// The types that were named.
    pub(super) needs: BTreeSet<String>,
}

impl Printer {
    /// The declaration of a type, its documentation above it.
    pub(super) fn declaration(&mut self, name: &str, schema: &Value) -> String {
        let mut out = String::new();
        comment(&mut out, schema, 0);
        let mut text = String::new();
        self.print(&mut text, schema, 0);
        let space = if text.starts_with('\n') { "" } else { " " };
        _ = writeln!(out, "export type {name} ={space}{text};");
        out
    }

    /// Prints what a schema allows. `depth` is the indentation of the line it stands in.
    pub(super) fn print(&mut self, out: &mut String, schema: &Value, depth: usize) {
        let Value::Object(object) = schema else {
            out.push_str(if schema == &Value::Bool(false) { "never" } else { self.json() });
            return;
        };
        if let Some(Value::String(reference)) = object.get("$ref") {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            self.needs.insert(name.to_owned());
            out.push_str(name);
        } else if let Some(Value::Array(values)) = object.get("enum") {
            list(out, values, " | ", |out, value| out.push_str(&value.to_string()));
        } else if object.contains_key("properties") || has_union(object) {
            self.composed(out, object, depth);
        } else {
            match object.get("type") {
                Some(Value::Array(kinds)) => {
                    list(out, kinds, " | ", |out, kind| self.kind(out, kind, object, depth, true));
                }
                Some(kind) => self.kind(out, kind, object, depth, false),
                None => out.push_str(self.json()),
            }
        }
    }

    /// What has fields, arms or both: `{ .. } & (.. | ..)`.
    fn composed(&mut self, out: &mut String, object: &Map<String, Value>, depth: usize) {
        let mut parts = Vec::new();
        if let Some(Value::Object(properties)) = object.get("properties")
            && !properties.is_empty()
        {
            parts.push(self.fields(properties, object, depth));
            // Beside fields only a described rest is worth saying; a closed object needs nothing.
            if let Some(rest) = object.get("additionalProperties").filter(|rest| *rest != &Value::Bool(false)) {
                parts.push(format!("({})", self.map(rest, depth)));
            }
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(arms)) = object.get(key) {
                let union = self.union(arms, depth);
                let alone = !object.contains_key("properties") && !object.contains_key("allOf");
                parts.push(if alone { union } else { format!("({union})") });
            }
        }
        if let Some(Value::Array(all)) = object.get("allOf") {
            for schema in all {
                let mut part = String::new();
                self.print(&mut part, schema, depth);
                parts.push(part);
            }
        }
        if parts.is_empty() {
            out.push_str(EMPTY);
        }
        out.push_str(&parts.join(" & "));
    }

    fn union(&mut self, arms: &[Value], depth: usize) -> String {
        let documented = arms.iter().any(is_documented);
        let tall = documented || arms.iter().filter(|arm| arm.get("properties").is_some()).count() > 1;
        let mut out = String::new();
        for (place, arm) in arms.iter().enumerate() {
            if tall {
                line(&mut out, depth + 1);
                if is_documented(arm) {
                    let mut text = String::new();
                    comment(&mut text, arm, depth + 1);
                    out.push_str(text.trim());
                    line(&mut out, depth + 1);
                }
            }
            if place > 0 {
                out.push_str(if tall { "| " } else { " | " });
            }
            self.print(&mut out, arm, if tall { depth + 1 } else { depth });
        }
        out
    }

    fn fields(&mut self, properties: &Map<String, Value>, object: &Map<String, Value>, depth: usize) -> String {
        let required = object.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut out = "{".to_owned();
        for (name, schema) in properties {
            out.push('\n');
            comment(&mut out, schema, depth + 1);
            indent(&mut out, depth + 1);
            out.push_str(&key(name));
            out.push_str(if required.iter().any(|required| required == name) { ": " } else { "?: " });
            self.print(&mut out, schema, depth + 1);
            out.push(',');
        }
        line(&mut out, depth);
        out.push('}');
        out
    }

    /// One of the kinds that a schema allows; `among` others or alone.
    fn kind(&mut self, out: &mut String, kind: &Value, object: &Map<String, Value>, depth: usize, among: bool) {
        match kind.as_str().unwrap_or_default() {
            "string" => out.push_str("string"),
            "integer" | "number" => out.push_str("number"),
            "boolean" => out.push_str("boolean"),
            "null" => out.push_str("null"),
            "array" => match object.get("items") {
                Some(Value::Array(items)) => {
                    out.push('[');
                    list(out, items, ", ", |out, item| self.print(out, item, depth));
                    out.push(']');
                }
                items => {
                    out.push_str("Array<");
                    self.print(out, items.unwrap_or(&Value::Bool(true)), depth);
                    out.push('>');
                }
            },
            "object" => match object.get("additionalProperties") {
                None if among => out.push_str(&self.map(&Value::Bool(true), depth)),
                None | Some(Value::Bool(false)) => out.push_str(EMPTY),
                Some(rest) => out.push_str(&self.map(rest, depth)),
            },
            _ => out.push_str(self.json()),
        }
    }

    fn map(&mut self, values: &Value, depth: usize) -> String {
        let mut out = "{ [key in string]?: ".to_owned();
        self.print(&mut out, values, depth);
        out.push_str(" }");
        out
    }

    fn json(&mut self) -> &'static str {
        self.needs.insert(JSON.to_owned());
        JSON
    }
}

fn has_union(object: &Map<String, Value>) -> bool {
    ["oneOf", "anyOf", "allOf"].iter().any(|key| object.contains_key(*key))
}

/// An object without fields.
const EMPTY: &str = "Record<string, never>";

fn list<'a>(out: &mut String, items: &'a [Value], between: &str, mut print: impl FnMut(&mut String, &'a Value)) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        print(out, item);
    }
}

/// Whether something is to be said about a schema.
fn is_documented(schema: &Value) -> bool {
    schema.get("description").is_some() || schema.get("deprecated") == Some(&Value::Bool(true))
}

/// The documentation of a schema as a comment on lines of its own.
pub(super) fn comment(out: &mut String, schema: &Value, depth: usize) {
    if !is_documented(schema) {
        return;
    }
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let deprecated = (schema.get("deprecated") == Some(&Value::Bool(true))).then_some("@deprecated");
    indent(out, depth);
    out.push_str("/**");
    for text in text.lines().chain(deprecated) {
        line(out, depth);
        out.push_str(" * ");
        out.push_str(&text.replace("*/", "*\\/"));
    }
    line(out, depth);
    out.push_str(" */\n");
}

/// Begins a new line; blanks at the end of the last one go.
fn line(out: &mut String, depth: usize) {
    while out.ends_with(' ') {
        out.pop();
    }
    out.push('\n');
    indent(out, depth);
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// A field's name, in quotes where TypeScript needs them.
fn key(name: &str) -> String {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic() || letter == '_' || letter == '$');
    if starts && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$') {
        name.to_owned()
    } else {
        Value::from(name).to_string()
    }
}
