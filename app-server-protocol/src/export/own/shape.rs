//! One schema in the words that generators like: constants as tags, one flat union where a type mixes fields and arms,
//! a discriminator on every tagged union. What is said about a reference stays around it (`allOf` with one entry): beside it,
//! generators would copy the type.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// What of a schema depends on the document it goes into.
pub(super) struct Shape<'a> {
    /// How a reference begins, such as `#/$defs/`.
    pub(super) prefix: &'static str,
    /// The name that a type has in this document.
    pub(super) rename: &'a dyn Fn(&str) -> String,
    /// Whether tuples are written as `prefixItems` (draft 2020-12) or as a list of `items` (draft-07).
    pub(super) prefix_items: bool,
}

impl Shape<'_> {
    /// The schema, from the one that the compatible export has.
    pub(super) fn of(&self, schema: &Value) -> Value {
        let Value::Object(object) = schema else {
            return schema.clone();
        };
        let mut out = Map::new();
        for (key, value) in object {
            let value = match key.as_str() {
                "$ref" => self.reference(value),
                "properties" => Value::Object(each(value, |property| self.of_property(property))),
                "items" if value.is_array() => {
                    let items = Value::Array(list(value).iter().map(|item| self.of(item)).collect());
                    if self.prefix_items {
                        out.insert("prefixItems".to_owned(), items);
                        continue;
                    }
                    items
                }
                // Some generators take `true` for nothing to keep.
                "additionalProperties" if value == &Value::Bool(true) => json!({}),
                "items" | "additionalProperties" => self.of(value),
                "oneOf" | "anyOf" => {
                    Value::Array(list(value).iter().filter(|arm| !is_open(arm)).map(|arm| self.of(arm)).collect())
                }
                "allOf" => Value::Array(list(value).iter().map(|schema| self.of(schema)).collect()),
                _ => value.clone(),
            };
            out.insert(key.clone(), value);
        }
        if out.contains_key("allOf") {
            // A default beside a reference: generators take it for one of their own types and fail.
            out.shift_remove("default");
        }
        if out.keys().all(|key| ["title", "description", "default", "deprecated"].contains(&key.as_str())) {
            // Any JSON; json-schema-to-typescript would make an object of what has a description.
            out.insert("tsType".to_owned(), "unknown".into());
        }
        constant(&mut out);
        merge_choices(&mut out);
        distribute(&mut out);
        discriminate(&mut out);
        Value::Object(out)
    }

    /// A property: a title of its own would make generators invent a type for it.
    fn of_property(&self, property: &Value) -> Value {
        let mut property = self.of(property);
        if let Value::Object(object) = &mut property
            && !object.contains_key("properties")
        {
            object.shift_remove("title");
        }
        property
    }

    fn reference(&self, reference: &Value) -> Value {
        let name = reference.as_str().and_then(|text| text.rsplit('/').next()).unwrap_or_default();
        format!("{}{}", self.prefix, (self.rename)(name)).into()
    }
}

/// The arm that stands for values of later versions. That readers must get along with them is said once, for all unions.
fn is_open(arm: &Value) -> bool {
    *arm == json!({ "type": ["string", "object"] })
}

/// Writes `oneOf` where only one arm can fit, in the definitions themselves: arms of different JSON types, or objects with
/// one field each.
pub(super) fn exclude(definitions: &mut [(String, Value)], prefix: &str) {
    let kinds: BTreeMap<String, Option<String>> =
        definitions.iter().map(|(name, schema)| (format!("{prefix}{name}"), kind_of(schema))).collect();
    for (_, schema) in definitions {
        let Some(arms) = schema.get("anyOf").and_then(Value::as_array) else { continue };
        let reference = |arm: &Value| Some(arm.get("$ref")?.as_str()?.to_owned());
        let told_apart_by = |arm: &Value| {
            let around = || reference(arm.get("allOf")?.get(0)?);
            match reference(arm).or_else(around) {
                Some(name) => kinds.get(&name).cloned().flatten(),
                None => kind_of(arm),
            }
        };
        let mut seen = BTreeSet::new();
        if arms.iter().all(|arm| told_apart_by(arm).is_some_and(|kind| seen.insert(kind)))
            && let Value::Object(object) = schema
            && let Some(arms) = object.shift_remove("anyOf")
        {
            object.insert("oneOf".to_owned(), arms);
        }
    }
}

/// What tells an arm apart: its only JSON type, or the only field of an object.
fn kind_of(schema: &Value) -> Option<String> {
    let kind = schema.get("type")?.as_str()?;
    let fields = schema.get("properties").and_then(Value::as_object);
    match (kind, fields, schema.get("required").map(list)) {
        ("object", Some(fields), Some([_])) if fields.len() == 1 => {
            fields.keys().next().map(|name| format!("object {name}"))
        }
        _ => Some(kind.to_owned()),
    }
}

/// An enum of one text is a constant.
fn constant(object: &mut Map<String, Value>) {
    if let Some([value @ Value::String(_)]) = object.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        let value = value.clone();
        object.shift_remove("enum");
        object.insert("const".to_owned(), value);
    }
}

/// Where fields stand beside a choice of other fields without a tag, all are fields of one object: no generator has a word
/// for more. Which of them must be there is said of the tag.
fn merge_choices(object: &mut Map<String, Value>) {
    let has_fields = object.contains_key("properties");
    let Some(arms) = object.get("anyOf").map(list).filter(|_| has_fields) else {
        return;
    };
    if !arms.iter().all(|arm| arm.get("properties").is_some()) {
        return;
    }
    let arms = arms.to_vec();
    object.shift_remove("anyOf");
    let mut choices = Vec::new();
    for arm in &arms {
        choices.push(json!({ "required": arm.get("required").cloned().unwrap_or_else(|| json!([])) }));
        if let Some(Value::Object(properties)) = object.get_mut("properties") {
            let more = arm.get("properties").and_then(Value::as_object).into_iter().flatten();
            properties.extend(more.map(|(name, property)| (name.clone(), property.clone())));
        }
    }
    // Said of the tag, which is always there: where generators look for arms they would split the type.
    let required = object.get("required").map(list).and_then(|required| required.first()?.as_str());
    if let Some(tag) = required.map(str::to_owned) {
        object.insert("dependentSchemas".to_owned(), json!({ tag: { "anyOf": choices } }));
    }
}

/// Gives every arm inside the type `name` a title of its own in the whole document; `original` is what the compatible
/// export calls the type, whose arms have titles that end with it.
pub(super) fn retitle(schema: &mut Value, original: &str, name: &str) {
    for key in ["oneOf", "anyOf"] {
        let Some(Value::Array(arms)) = schema.get_mut(key) else { continue };
        let several = arms.len() > 1;
        for arm in arms {
            let Value::Object(object) = arm else { continue };
            let stem = object.get("title").and_then(Value::as_str).and_then(|title| title.strip_suffix(original));
            let title = match stem {
                Some(stem) => format!("{stem}{name}"),
                None if several && object.contains_key("enum") => format!("{name}Value"),
                None => continue,
            };
            object.shift_insert(0, "title".to_owned(), title.into());
        }
    }
}

/// Where a type has fields beside its arms, every arm gets the fields; a single arm becomes the type itself.
fn distribute(object: &mut Map<String, Value>) {
    let Some(arms) = object.get("oneOf").map(list) else {
        return;
    };
    let has_fields = object.contains_key("properties");
    if !(has_fields || arms.len() == 1) || !arms.iter().all(|arm| arm.get("properties").is_some()) {
        return;
    }
    let shared: Map<String, Value> = object.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let shared_required = object.get("required").map(list).unwrap_or_default().to_vec();
    let arms: Vec<Value> = arms.iter().map(|arm| with_fields(arm, &shared, &shared_required)).collect();
    for key in ["oneOf", "properties", "required", "type"] {
        object.shift_remove(key);
    }
    match <[Value; 1]>::try_from(arms) {
        Ok([Value::Object(only)]) => {
            for (key, value) in only {
                match (object.get_mut(&key), value) {
                    (Some(Value::String(whole)), Value::String(more)) if key == "description" => {
                        whole.push_str("\n\n");
                        whole.push_str(&more);
                    }
                    // The name of the type itself stays.
                    (_, _) if key == "title" => {}
                    (_, value) => _ = object.insert(key, value),
                }
            }
        }
        Ok(only) => _ = object.insert("oneOf".to_owned(), only.into()),
        Err(arms) => _ = object.insert("oneOf".to_owned(), arms.into()),
    }
}

/// An arm with the fields that all arms share behind its own.
fn with_fields(arm: &Value, shared: &Map<String, Value>, shared_required: &[Value]) -> Value {
    let mut arm = arm.clone();
    if let Some(Value::Object(properties)) = arm.get_mut("properties") {
        for (name, property) in shared {
            properties.entry(name.clone()).or_insert_with(|| property.clone());
        }
    }
    if let Value::Object(arm) = &mut arm
        && !shared_required.is_empty()
    {
        let required = arm.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(required) = required {
            required.extend(shared_required.iter().cloned());
        }
    }
    arm
}

/// Names the property that tells the arms of a union apart.
fn discriminate(object: &mut Map<String, Value>) {
    let tag = ["oneOf", "anyOf"].iter().find_map(|key| tag_of(object.get(*key)?.as_array()?));
    if let Some(tag) = tag {
        // A union of objects that differ in their tag matches exactly one arm.
        if let Some(arms) = object.shift_remove("anyOf") {
            object.insert("oneOf".to_owned(), arms);
        }
        object.insert("discriminator".to_owned(), json!({ "propertyName": tag }));
    }
}

/// The required property whose constant differs from arm to arm.
pub(super) fn tag_of(arms: &[Value]) -> Option<String> {
    let (first, rest) = arms.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let names = first.get("properties")?.as_object()?.keys();
    names
        .filter(|name| first["properties"][name.as_str()].get("const").is_some())
        .find(|name| distinct(arms, name))
        .cloned()
}

fn distinct(arms: &[Value], tag: &str) -> bool {
    let mut seen = BTreeSet::new();
    arms.iter().all(|arm| {
        let constant = arm.get("properties").and_then(|properties| properties.get(tag)?.get("const")?.as_str());
        let required = arm.get("required").map(list).unwrap_or_default().iter().any(|name| name == tag);
        required && constant.is_some_and(|constant| seen.insert(constant.to_owned()))
    })
}

fn each(value: &Value, mut change: impl FnMut(&Value) -> Value) -> Map<String, Value> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), change(value))).collect()
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shaped(schema: Value) -> Value {
        Shape { prefix: "#/$defs/", rename: &|name| name.to_owned(), prefix_items: true }.of(&schema)
    }

    fn arm(tag: &str) -> Value {
        json!({ "title": tag, "type": "object", "required": ["type"], "properties": { "type": { "type": "string", "enum": [tag], "title": "T" } } })
    }

    #[test]
    fn tags_are_constants_and_tagged_unions_are_discriminated() {
        let union = shaped(json!({ "oneOf": [arm("a"), arm("b")] }));
        assert_eq!(union["discriminator"], json!({ "propertyName": "type" }));
        assert_eq!(union["oneOf"][0]["properties"]["type"], json!({ "type": "string", "const": "a" }));
        let same = shaped(json!({ "oneOf": [arm("a"), arm("a")] }));
        assert!(same.get("discriminator").is_none());
        let mixed = shaped(json!({ "oneOf": [arm("a"), { "type": "string" }] }));
        assert!(mixed.get("discriminator").is_none());
    }

    #[test]
    fn fields_beside_arms_move_into_them() {
        let shared = json!({ "type": "object", "properties": { "id": { "type": "string" } }, "required": ["id"], "oneOf": [arm("a"), arm("b")] });
        let union = shaped(shared);
        assert!(union.get("properties").is_none() && union.get("type").is_none());
        assert_eq!(union["oneOf"][1]["required"], json!(["type", "id"]));
        assert_eq!(union["oneOf"][1]["properties"]["id"], json!({ "type": "string" }));
        let only = shaped(json!({ "title": "Only", "description": "All.", "oneOf": [arm("a")] }));
        assert_eq!(only["title"], "Only");
        assert_eq!(only["properties"]["type"]["const"], "a");
        assert!(only.get("oneOf").is_none() && only.get("discriminator").is_none());
    }

    #[test]
    fn a_choice_of_fields_beside_others_becomes_optional_fields() {
        let field =
            |name: &str| json!({ "type": "object", "properties": { name: { "type": "string" } }, "required": [name] });
        let mut image = arm("image");
        image["anyOf"] = json!([field("url"), field("fileId")]);
        let image = shaped(image);
        assert_eq!(image["properties"]["fileId"], json!({ "type": "string" }));
        assert_eq!(image["required"], json!(["type"]));
        let choices = json!({ "type": { "anyOf": [{ "required": ["url"] }, { "required": ["fileId"] }] } });
        assert_eq!(image["dependentSchemas"], choices);
        assert!(image.get("anyOf").is_none());
    }

    #[test]
    fn arms_are_titled_after_the_name_of_the_type_in_the_document() {
        let mut union = json!({ "oneOf": [
            { "type": "string", "enum": ["x", "y"] },
            { "title": "BigSize", "type": "object", "properties": {} },
            { "type": "array" }
        ] });
        retitle(&mut union, "Size", "SizeInput");
        assert_eq!(union["oneOf"][0]["title"], "SizeInputValue");
        assert_eq!(union["oneOf"][1]["title"], "BigSizeInput");
        assert!(union["oneOf"][2].get("title").is_none());
    }

    #[test]
    fn any_json_is_unknown_to_typescript() {
        let shaped = shaped(json!({ "properties": { "a": { "description": "Any." }, "b": true } }));
        assert_eq!(shaped["properties"]["a"], json!({ "description": "Any.", "tsType": "unknown" }));
        assert_eq!(shaped["properties"]["b"], json!(true));
    }

    #[test]
    fn unions_whose_arms_cannot_fit_together_are_exclusive() {
        let field = |name: &str| json!({ "type": "object", "properties": { name: {} }, "required": [name] });
        let union = |arms: Value| ("U".to_owned(), json!({ "anyOf": arms }));
        let mut definitions = vec![
            union(json!([{ "type": "string" }, { "description": "Or this.", "allOf": [{ "$ref": "#/T" }] }])),
            union(json!([field("a"), field("b"), { "type": "string" }])),
            union(json!([field("a"), field("a")])),
            ("T".to_owned(), json!({ "type": "object", "properties": {} })),
        ];
        exclude(&mut definitions, "#/");
        let exclusive: Vec<bool> = definitions.iter().map(|(_, schema)| schema.get("oneOf").is_some()).collect();
        assert_eq!(exclusive, [true, true, false, false]);
        let open = shaped(json!({ "anyOf": [{ "type": "boolean" }, { "type": ["string", "object"] }] }));
        assert_eq!(open, json!({ "anyOf": [{ "type": "boolean" }] }));
    }

    #[test]
    fn references_stay_below_what_is_said_about_them_and_tuples_are_prefix_items() {
        let reference = json!({ "description": "Why.", "default": "x", "allOf": [{ "$ref": "#/definitions/X" }] });
        let property = json!({ "properties": { "a": reference } });
        let wanted = json!({ "description": "Why.", "allOf": [{ "$ref": "#/$defs/X" }] });
        assert_eq!(shaped(property)["properties"]["a"], wanted);
        let pair = json!({ "type": "array", "items": [{ "type": "string" }, true] });
        assert_eq!(shaped(pair), json!({ "type": "array", "prefixItems": [{ "type": "string" }, true] }));
    }
}
