//! The schema of one type, made fit for a surface and for readers of draft-07.
//!
//! schemars writes what the types say, marks included. Here what the surface lacks is dropped, the marks are acted upon
//! and removed, constants become enums of one value with a title, the values of a string enum become one enum, and what
//! stands beside a `$ref` moves around it, since draft-07 ignores it there.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::Surface;
use crate::experimental::EXPERIMENTAL;

/// Marks a property that is always written although reading works without it.
const REQUIRED: &str = "x-required";
/// Marks a property with three states in what is written: absent, null and set.
const WRITTEN_NULL: &str = "x-written-null";
/// Marks a type whose fields are left out, never null, although clients send it too (null is accepted all the same).
pub(super) const NEVER_NULL: &str = "x-never-null";
/// Marks a property that the reference's schema spells otherwise than its wire: the value is that spelling.
const REFERENCE_NAME: &str = "x-reference-name";
/// Marks a type whose TypeScript stands beside the folders of the versions.
pub(super) const ROOT: &str = "x-root";
/// Marks a property that only our own documents have: it belongs to an extension.
const EXTENSION: &str = "x-extension";
/// Begins every mark.
const MARK: &str = "x-";

/// The keywords that hold a list of schemas.
const LISTS: [&str; 3] = ["oneOf", "anyOf", "allOf"];

/// How the schemas of a document read their types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) surface: Surface,
    /// Whether fields that are left out when they hold nothing are never null. True of what is only written.
    pub(super) absent_is_never_null: bool,
    /// Whether properties have the names of the reference's schema where those differ from the wire.
    pub(super) reference_names: bool,
    /// Whether properties of extensions stay.
    pub(super) extensions: bool,
}

/// Makes the schema of the type `owner` fit.
pub(super) fn normalize(owner: &str, schema: &mut Value, reading: Reading) {
    let Value::Object(object) = schema else {
        return;
    };
    if reading.surface == Surface::Stable {
        drop_marked(object, EXPERIMENTAL);
    }
    if !reading.extensions {
        drop_marked(object, EXTENSION);
    }
    if reading.reference_names {
        rename(object);
    }
    require(object);
    if reading.absent_is_never_null {
        drop_nulls(object);
    }
    for key in ["items", "additionalProperties"] {
        match object.get_mut(key) {
            Some(Value::Array(schemas)) => schemas.iter_mut().for_each(|schema| normalize(owner, schema, reading)),
            Some(schema) => normalize(owner, schema, reading),
            None => {}
        }
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(|property| normalize(owner, property, reading));
    }
    for key in LISTS {
        if let Some(Value::Array(arms)) = object.get_mut(key) {
            arms.iter_mut().for_each(|arm| normalize(owner, arm, reading));
            merge_values(arms);
            arms.iter_mut().for_each(|arm| title(owner, arm));
        }
    }
    lift_only_arm(object);
    if let Some(value) = object.shift_remove("const") {
        object.insert("enum".to_owned(), Value::Array(vec![value]));
    }
    object.retain(|key, _| !key.starts_with(MARK));
    wrap_reference(object);
    for key in ["description", "title"] {
        if let Some(text) = object.shift_remove(key) {
            object.shift_insert(0, key.to_owned(), text);
        }
    }
}

/// Drops the fields and arms with a mark, which the surface lacks.
fn drop_marked(object: &mut Map<String, Value>, mark: &str) {
    let is_marked = |schema: &Value| schema.get(mark) == Some(&Value::Bool(true));
    let mut dropped = Vec::new();
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.retain(|name, property| {
            let drop = is_marked(property);
            dropped.extend(drop.then(|| name.clone()));
            !drop
        });
    }
    if let Some(Value::Array(required)) = object.get_mut("required") {
        required.retain(|name| !dropped.iter().any(|dropped| name == dropped));
    }
    for key in LISTS {
        if let Some(Value::Array(arms)) = object.get_mut(key) {
            arms.retain(|arm| !is_marked(arm));
        }
    }
}

/// Gives the properties with the mark their other name.
fn rename(object: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    let other = |property: &Value| property.get(REFERENCE_NAME).and_then(Value::as_str).map(str::to_owned);
    let renamed: Map<String, Value> =
        properties.iter().filter_map(|(name, property)| Some((name.clone(), other(property)?.into()))).collect();
    if renamed.is_empty() {
        return;
    }
    let all = std::mem::take(properties).into_iter();
    properties.extend(all.map(|(name, property)| (other(&property).unwrap_or(name), property)));
    if let Some(Value::Array(required)) = object.get_mut("required") {
        for name in required {
            if let Some(other) = name.as_str().and_then(|name| renamed.get(name)) {
                *name = other.clone();
            }
        }
    }
}

/// Adds the properties with the mark to the required ones.
fn require(object: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = object.get("properties") else {
        return;
    };
    if properties.values().all(|property| property.get(REQUIRED).is_none()) {
        return;
    }
    let listed = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let required = properties
        .iter()
        .filter(|(name, property)| property.get(REQUIRED).is_some() || listed.iter().any(|listed| listed == *name))
        .map(|(name, _)| Value::from(name.as_str()))
        .collect();
    object.insert("required".to_owned(), Value::Array(required));
}

/// Takes null from what properties may hold that may be absent.
fn drop_nulls(object: &mut Map<String, Value>) {
    let required = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        let Value::Object(property) = property else { continue };
        if required.iter().any(|required| required == name) || property.get(WRITTEN_NULL).is_some() {
            continue;
        }
        if let Some(Value::Array(kinds)) = property.get_mut("type") {
            kinds.retain(|kind| kind != "null");
            if let [kind] = kinds.as_slice() {
                property["type"] = kind.clone();
            }
        }
        if let Some(Value::Array(arms)) = property.get_mut("anyOf") {
            arms.retain(|arm| arm.get("type").is_none_or(|kind| kind != "null"));
            if let [Value::Object(only)] = arms.as_slice() {
                let only = only.clone();
                property.shift_remove("anyOf");
                property.extend(only);
            }
        }
    }
}

/// Makes one arm of all arms that are texts with fixed values. What the values mean moves into its description.
fn merge_values(arms: &mut Vec<Value>) {
    let mut values = Vec::new();
    let mut meanings = String::new();
    let mut first = None;
    let mut rest = Vec::with_capacity(arms.len());
    for arm in arms.drain(..) {
        let Some(own) = fixed_texts(&arm) else {
            rest.push(arm);
            continue;
        };
        first.get_or_insert(rest.len());
        if let (Some(meaning), [value]) = (arm.get("description").and_then(Value::as_str), own) {
            let deprecated = if arm.get("deprecated").is_some() { " Deprecated." } else { "" };
            _ = writeln!(meanings, "- {value}: {}{deprecated}", meaning.replace('\n', " "));
        }
        values.extend_from_slice(own);
    }
    if let Some(first) = first {
        let mut merged = json!({ "type": "string", "enum": values });
        if !meanings.is_empty() {
            merged["description"] = meanings.trim_end().into();
        }
        rest.insert(first, merged);
    }
    *arms = rest;
}

/// The values of a schema that is a text with fixed values and nothing else.
fn fixed_texts(schema: &Value) -> Option<&[Value]> {
    let values = schema.get("enum")?.as_array()?;
    (schema.get("type")? == "string").then_some(values)
}

/// Puts an arm of fixed texts in the place of the union, when it is the union's only one.
fn lift_only_arm(object: &mut Map<String, Value>) {
    for key in ["oneOf", "anyOf"] {
        let Some([arm]) = object.get(key).and_then(Value::as_array).map(Vec::as_slice) else {
            continue;
        };
        let Some(Value::Object(arm)) = fixed_texts(arm).is_some().then(|| arm.clone()) else {
            continue;
        };
        object.shift_remove(key);
        for (key, value) in arm {
            match (object.get_mut(&key), value) {
                (Some(Value::String(whole)), Value::String(more)) if key == "description" => {
                    _ = write!(whole, "\n\n{more}");
                }
                (_, value) => _ = object.insert(key, value),
            }
        }
    }
}

/// Names an arm and its tag, as generators name types after titles: after the value of the tag, or the title that the type
/// gives to keep two arms apart.
fn title(owner: &str, arm: &mut Value) {
    let Some(object) = arm.as_object_mut() else {
        return;
    };
    let given = object.get("title").and_then(Value::as_str).map(str::to_owned);
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    let tag = properties.iter().find_map(|(name, property)| match fixed_texts(property)? {
        [Value::String(value)] => Some((name.clone(), given.clone().unwrap_or_else(|| pascal(value)))),
        _ => None,
    });
    let arm_name = match tag {
        Some((tag, value)) => {
            if let Some(Value::Object(property)) = properties.get_mut(&tag) {
                property.shift_insert(0, "title".to_owned(), format!("{value}{owner}{}", pascal(&tag)).into());
            }
            value
        }
        None => given.or_else(|| properties.keys().next().map(|name| pascal(name))).unwrap_or_default(),
    };
    if !arm_name.is_empty() {
        object.shift_insert(0, "title".to_owned(), format!("{arm_name}{owner}").into());
    }
}

/// `some_words`, `someWords` or `some/words` as `SomeWords`.
pub(super) fn pascal(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut starts = true;
    for letter in words.chars() {
        if letter.is_alphanumeric() {
            if starts {
                out.extend(letter.to_uppercase());
            } else {
                out.push(letter);
            }
        }
        starts = !letter.is_alphanumeric();
    }
    out
}

/// Draft-07 ignores what stands beside a `$ref`, so the reference goes one level down.
fn wrap_reference(object: &mut Map<String, Value>) {
    if object.len() > 1
        && let Some(reference) = object.shift_remove("$ref")
    {
        object.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
    }
}

#[cfg(test)]
mod tests {
    use schemars::generate::SchemaSettings;
    use schemars::{JsonSchema, SchemaGenerator};
    use serde::{Deserialize, Serialize};

    use super::*;

    fn normal<T: JsonSchema>(surface: Surface) -> Value {
        let mut schema = SchemaGenerator::new(SchemaSettings::draft07()).into_root_schema_for::<T>();
        for key in ["$schema", "title", "definitions"] {
            schema.remove(key);
        }
        let mut schema = schema.to_value();
        normalize("Owner", &mut schema, reading(surface));
        schema
    }

    fn reading(surface: Surface) -> Reading {
        Reading { surface, absent_is_never_null: false, reference_names: true, extensions: false }
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Fields {
        always: Option<String>,
        #[schemars(extend("x-experimental" = true))]
        gone: u32,
        #[schemars(extend("x-required" = true))]
        marked: Option<bool>,
        kept: bool,
    }

    #[test]
    fn fields_are_dropped_and_required_by_their_marks() {
        let stable = json!({
            "type": "object",
            "properties": {
                "always": { "type": ["string", "null"] },
                "marked": { "type": ["boolean", "null"] },
                "kept": { "type": "boolean" }
            },
            "required": ["marked", "kept"]
        });
        assert_eq!(normal::<Fields>(Surface::Stable), stable);
        let all = normal::<Fields>(Surface::Experimental);
        assert_eq!(all["required"], json!(["gone", "marked", "kept"]));
        assert!(all["properties"]["gone"].get(EXPERIMENTAL).is_none());
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    enum Values {
        /// The plain one.
        Plain,
        Other,
        #[schemars(extend("x-experimental" = true))]
        Gone,
    }

    #[test]
    fn values_become_one_enum_that_keeps_their_docs() {
        let stable =
            json!({ "type": "string", "enum": ["other", "plain"], "description": "- \"plain\": The plain one." });
        assert_eq!(normal::<Values>(Surface::Stable), stable);
        assert_eq!(normal::<Values>(Surface::Experimental)["enum"], json!(["other", "plain", "gone"]));
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Tagged {
        OneThing {
            field: bool,
        },
        #[schemars(extend("x-experimental" = true))]
        Gone {
            field: bool,
        },
    }

    #[test]
    fn arms_of_tagged_unions_have_titles_and_one_value_as_their_tag() {
        let tag = json!({ "type": "string", "title": "OneThingOwnerType", "enum": ["one_thing"] });
        let stable = normal::<Tagged>(Surface::Stable);
        assert_eq!(stable["oneOf"].as_array().unwrap().len(), 1);
        assert_eq!(stable["oneOf"][0]["title"], "OneThingOwner");
        assert_eq!(stable["oneOf"][0]["properties"]["type"], tag);
        assert_eq!(normal::<Tagged>(Surface::Experimental)["oneOf"].as_array().unwrap().len(), 2);
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    enum Mixed {
        First,
        #[schemars(extend("x-gated" = true))]
        WithFields {
            field: bool,
        },
    }

    #[test]
    fn gated_arms_stay_and_fixed_values_stay_beside_objects() {
        let stable = normal::<Mixed>(Surface::Stable);
        assert_eq!(stable["oneOf"][0], json!({ "type": "string", "enum": ["first"] }));
        assert_eq!(stable["oneOf"][1]["title"], "WithFieldsOwner");
        assert_eq!(stable["oneOf"][1]["required"], json!(["with-fields"]));
        assert!(stable["oneOf"][1].get("x-gated").is_none());
    }

    #[test]
    fn nothing_stands_beside_a_reference() {
        let mut schema = json!({ "$ref": "#/definitions/X", "description": "Why.", "x-experimental": false });
        normalize("Owner", &mut schema, reading(Surface::Stable));
        assert_eq!(schema, json!({ "description": "Why.", "allOf": [{ "$ref": "#/definitions/X" }] }));
        let mut schema = json!({ "$ref": "#/definitions/X", "x-required": true });
        normalize("Owner", &mut schema, reading(Surface::Stable));
        assert_eq!(schema, json!({ "$ref": "#/definitions/X" }));
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Written {
        always: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        sometimes: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        named: Option<Box<Values>>,
        #[schemars(extend("x-written-null" = true))]
        #[serde(skip_serializing_if = "Option::is_none")]
        cleared: Option<String>,
    }

    #[test]
    fn what_is_left_out_instead_of_null_is_never_null() {
        let settings = SchemaSettings::draft07().for_serialize();
        let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<Written>().to_value();
        normalize("Owner", &mut schema, Reading { absent_is_never_null: true, ..reading(Surface::Stable) });
        assert_eq!(schema["properties"]["always"]["type"], json!(["string", "null"]));
        assert_eq!(schema["properties"]["sometimes"]["type"], "string");
        assert_eq!(schema["properties"]["named"], json!({ "$ref": "#/definitions/Values" }));
        assert_eq!(schema["properties"]["cleared"]["type"], json!(["string", "null"]));
        assert_eq!(schema["required"], json!(["always"]));
    }

    #[allow(dead_code, reason = "only its schema is looked at")]
    #[derive(Serialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    struct SpelledOtherwise {
        first: u8,
        #[schemars(extend("x-reference-name" = "turn_id"))]
        turn_id: u8,
        #[schemars(extend("x-reference-name" = "started_at"))]
        started_at: Option<u8>,
    }

    #[test]
    fn the_spelling_of_the_reference_is_for_the_compatible_documents() {
        let spelled = |reference_names| {
            let settings = SchemaSettings::draft07().for_serialize();
            let mut schema = SchemaGenerator::new(settings).into_root_schema_for::<SpelledOtherwise>().to_value();
            normalize("Owner", &mut schema, Reading { reference_names, ..reading(Surface::Stable) });
            let names: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
            (names, schema["required"].clone())
        };
        let own = ["first", "turnId", "startedAt"].map(str::to_owned);
        assert_eq!(spelled(false), (own.to_vec(), json!(own)));
        let compatible = ["first", "turn_id", "started_at"].map(str::to_owned);
        assert_eq!(spelled(true), (compatible.to_vec(), json!(compatible)));
    }
}
