//! The list of keys, read off the schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{USER_LEVEL_ONLY, reference};

/// A key of config.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigKey {
    /// Its dotted path; `<name>` stands for a name of one's own, `[]` for an element of a list.
    pub path: String,
    /// What its value is, in Markdown.
    pub kind: String,
    /// Its default as JSON, when there is one.
    pub default: Option<String>,
    /// What it means, in Markdown.
    pub meaning: String,
    /// Whether it only counts in the user's own file.
    pub user_level_only: bool,
}

/// Every key of a schema, in its order. The keys of a table that stands at several places are listed at the first one.
pub fn config_keys(schema: &Value) -> Vec<ConfigKey> {
    let mut walk = Walk { definitions: schema.get("definitions"), listed: BTreeMap::new(), keys: Vec::new() };
    walk.table(schema, "");
    walk.keys
}

struct Walk<'a> {
    definitions: Option<&'a Value>,
    /// Types whose keys are listed, with the path of the table.
    listed: BTreeMap<&'a str, String>,
    keys: Vec<ConfigKey>,
}

impl<'a> Walk<'a> {
    /// Lists the keys of a table.
    fn table(&mut self, schema: &'a Value, path: &str) {
        let of_table = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for (key, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let key = if key.contains('.') { format!("\"{key}\"") } else { key.clone() };
            self.key(property, &of_table(&key));
        }
        if let Some(entries @ Value::Object(_)) = schema.get("additionalProperties") {
            self.key(entries, &of_table("<name>"));
        }
    }

    /// Lists a key and those below it.
    fn key(&mut self, property: &'a Value, path: &str) {
        let text = |field: &str| property.get(field).and_then(Value::as_str);
        let meaning = text("description").or_else(|| self.resolve(property).get("description")?.as_str());
        let key = ConfigKey {
            path: path.to_owned(),
            kind: self.kind(property),
            default: property.get("default").filter(|default| !default.is_object()).map(Value::to_string),
            meaning: one_line(meaning.unwrap_or("Which form the table has.")),
            user_level_only: property.get(USER_LEVEL_ONLY).is_some(),
        };
        let at = self.add(key);
        if let Some(other) = self.below(property, path)
            && let Some(key) = self.keys.get_mut(at)
        {
            key.meaning = format!("{} Keys as in `{other}`.", key.meaning).trim().to_owned();
        }
    }

    /// Adds a key, and gives its place; a key that another form of the same table has too is listed once.
    fn add(&mut self, key: ConfigKey) -> usize {
        let Some(at) = self.keys.iter().rposition(|listed| listed.path == key.path) else {
            self.keys.push(key);
            return self.keys.len() - 1;
        };
        if let Some(listed) = self.keys.get_mut(at) {
            if !listed.kind.contains(&key.kind) {
                listed.kind = format!("{}, {}", listed.kind, key.kind);
            }
            if !listed.meaning.contains(&key.meaning) {
                listed.meaning = format!("{} {}", listed.meaning, key.meaning);
            }
        }
        at
    }

    /// Lists the keys below a value; or gives the path where they are listed already.
    fn below(&mut self, schema: &'a Value, path: &str) -> Option<String> {
        if let Some(name) = reference(schema) {
            let resolved = self.resolve(schema);
            if !has_keys(resolved) {
                return None;
            }
            if let Some(first) = self.listed.get(name) {
                return Some(first.clone());
            }
            self.listed.insert(name, path.to_owned());
            return self.below(resolved, path);
        }
        for alternative in alternatives(schema) {
            if let Some(first) = self.below(alternative, path) {
                return Some(first);
            }
        }
        if let Some(items) = schema.get("items") {
            return self.below(items, &format!("{path}[]"));
        }
        self.table(schema, path);
        None
    }

    /// What a value is.
    fn kind(&self, schema: &Value) -> String {
        let schema = self.resolve(schema);
        let alternatives = alternatives(schema);
        if !alternatives.is_empty() {
            let mut kinds: Vec<String> = alternatives.iter().map(|alternative| self.kind(alternative)).collect();
            kinds.dedup();
            let words = kinds.iter().all(|kind| kind.starts_with('`'));
            return kinds.join(if words { ", " } else { " or " });
        }
        if let Some(word) = schema.get("const") {
            return format!("`{}`", plain(word));
        }
        if let Some(Value::Array(words)) = schema.get("enum") {
            return words.iter().map(|word| format!("`{}`", plain(word))).collect::<Vec<_>>().join(", ");
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => {
                let items = schema.get("items").map(|items| self.kind(items));
                items.map_or_else(|| "list".to_owned(), |kind| format!("list of {kind}"))
            }
            Some("object") => "table".to_owned(),
            Some("string") if schema.get("format").is_some_and(|format| format == "path") => "path".to_owned(),
            Some(kind) => kind.to_owned(),
            None => "anything".to_owned(),
        }
    }

    /// The schema that a property means.
    fn resolve<'b>(&self, schema: &'b Value) -> &'b Value
    where
        'a: 'b,
    {
        reference(schema).and_then(|name| self.definitions?.get(name)).unwrap_or(schema)
    }
}

fn alternatives(schema: &Value) -> Vec<&Value> {
    let list = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    list.into_iter().flatten().collect()
}

/// Whether a type has keys, in one of its forms.
fn has_keys(schema: &Value) -> bool {
    let own = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties: &Map<_, _>| !properties.is_empty());
    own || schema.get("additionalProperties").is_some_and(Value::is_object)
        || alternatives(schema).into_iter().any(has_keys)
}

/// A word as it is written, without quotes.
fn plain(word: &Value) -> String {
    word.as_str().map_or_else(|| word.to_string(), str::to_owned)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
