//! One schema in the words that generators like: constants as tags, one flat union where a type mixes fields and arms,
//! a discriminator on every tagged union, references with what is said about them beside them.

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
                "items" | "additionalProperties" => self.of(value),
                "oneOf" | "anyOf" => Value::Array(list(value).iter().map(|arm| self.of(arm)).collect()),
                "allOf" => {
                    self.merge_all(&mut out, list(value));
                    continue;
                }
                _ => value.clone(),
            };
            out.insert(key.clone(), value);
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

    /// Puts a lone reference beside what is said about it.
    fn merge_all(&self, out: &mut Map<String, Value>, schemas: &[Value]) {
        match schemas {
            [Value::Object(only)] if only.len() == 1 && only.contains_key("$ref") => {
                out.insert("$ref".to_owned(), self.reference(&only["$ref"]));
            }
            _ => _ = out.insert("allOf".to_owned(), schemas.iter().map(|schema| self.of(schema)).collect()),
        }
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
/// for more. What must be chosen stays as a mark.
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
        choices.push(arm.get("required").cloned().unwrap_or_else(|| json!([])));
        if let Some(Value::Object(properties)) = object.get_mut("properties") {
            let more = arm.get("properties").and_then(Value::as_object).into_iter().flatten();
            properties.extend(more.map(|(name, property)| (name.clone(), property.clone())));
        }
    }
    object.insert("x-exactly-one-of".to_owned(), choices.into());
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
    let shared: Map<String, Value> =
        object.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
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
    let mut seen = std::collections::BTreeSet::new();
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
        assert_eq!(image["x-exactly-one-of"], json!([["url"], ["fileId"]]));
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
    fn references_stand_beside_what_is_said_about_them_and_tuples_are_prefix_items() {
        let property =
            json!({ "properties": { "a": { "description": "Why.", "allOf": [{ "$ref": "#/definitions/X" }] } } });
        assert_eq!(shaped(property)["properties"]["a"], json!({ "description": "Why.", "$ref": "#/$defs/X" }));
        let pair = json!({ "type": "array", "items": [{ "type": "string" }, true] });
        assert_eq!(shaped(pair), json!({ "type": "array", "prefixItems": [{ "type": "string" }, true] }));
    }
}
