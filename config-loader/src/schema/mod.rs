//! config.toml for people: its JSON Schema for editors, and the list of its keys for the manual.
//!
//! Both are made from the types of the keys and their docs, and from the tables that say what else holds: defaults, features, old
//! names, keys that a project may not set. Nothing of it is needed to load a configuration.

mod keys;

use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::{Map, Value, json};

use crate::error::ConfigError;
use crate::keys::{ConfigToml, FEATURES, FeatureStage, OLD_FEATURE_NAMES};
use crate::layers::{OLD_KEYS, drop_denied_keys};
use crate::read::shown_defaults;

pub use keys::{ConfigKey, config_keys};

/// Marks keys that only count in the user's own file, not in that of a project.
const USER_LEVEL_ONLY: &str = "x-user-level-only";

/// Old words of values that are still accepted: the type, the word, what it means today.
const OLD_VALUES: [(&str, &str, &str); 2] =
    [("ApprovalsReviewer", "guardian_subagent", "auto_review"), ("FileAccess", "none", "deny")];

/// The JSON Schema of config.toml, draft 7, as editors read it.
///
/// # Errors
///
/// [`ConfigError::Meaning`] when a default cannot be written as JSON, which no default of today does.
pub fn config_schema() -> Result<Value, ConfigError> {
    let settings = SchemaSettings::draft07().with_transform(WithoutNull);
    let mut schema = Value::from(settings.into_generator().into_root_schema_for::<ConfigToml>());
    if let Some(root) = schema.as_object_mut() {
        root.insert("$id".to_owned(), "config.schema.json".into());
        root.insert("title".to_owned(), "config.toml".into());
    }
    for (key, default) in shown_defaults()? {
        set_in_property(&mut schema, key, "default", default);
    }
    add_features(&mut schema);
    add_old_names(&mut schema);
    mark_user_level_keys(&mut schema);
    Ok(schema)
}

/// TOML has no null: takes it out of types, alternatives and defaults.
#[derive(Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(fields) = schema.as_object_mut() else {
            return;
        };
        if fields.get("default").is_some_and(Value::is_null) {
            fields.remove("default");
        }
        if let Some(Value::Array(types)) = fields.get_mut("type") {
            types.retain(|name| name != "null");
            if let [name] = &**types {
                let name = name.clone();
                fields.insert("type".to_owned(), name);
            }
        }
        if let Some(Value::Array(values)) = fields.get_mut("enum") {
            values.retain(|value| !value.is_null());
        }
        let Some(Value::Array(alternatives)) = fields.get_mut("anyOf") else {
            return;
        };
        alternatives.retain(|alternative| *alternative != json!({"type": "null"}));
        if let [Value::Object(_)] = &**alternatives
            && let Some(Value::Array(mut alternatives)) = fields.remove("anyOf")
            && let Some(Value::Object(only)) = alternatives.pop()
        {
            // Draft 7 ignores what stands beside `$ref`.
            if only.contains_key("$ref") && !fields.is_empty() {
                fields.insert("allOf".to_owned(), json!([only]));
            } else {
                fields.extend(only);
            }
        }
    }
}

/// The properties of the whole file, or of a type.
fn properties<'a>(schema: &'a mut Value, definition: Option<&str>) -> Option<&'a mut Map<String, Value>> {
    let holder = match definition {
        None => schema,
        Some(name) => schema.get_mut("definitions")?.get_mut(name)?,
    };
    holder.get_mut("properties")?.as_object_mut()
}

fn set_in_property(schema: &mut Value, key: &str, field: &str, value: Value) {
    let property = properties(schema, None).and_then(|properties| properties.get_mut(key)?.as_object_mut());
    if let Some(property) = property {
        property.insert(field.to_owned(), value);
    }
}

/// Names every feature, with what is known about it.
fn add_features(schema: &mut Value) {
    let Some(properties) = properties(schema, Some("FeaturesToml")) else {
        return;
    };
    for feature in FEATURES {
        let stage = match feature.stage {
            FeatureStage::Stable => "Stable",
            FeatureStage::Experimental => "Experimental",
            FeatureStage::UnderDevelopment => "Under development",
            FeatureStage::Deprecated => "Deprecated",
            FeatureStage::Removed => "Removed, without effect",
        };
        let property = properties.entry(feature.name).or_insert_with(|| json!({"type": "boolean"}));
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        property.insert("default".to_owned(), feature.default.into());
        let description = match property.get("description").and_then(Value::as_str) {
            Some(description) => format!("{stage}. {description}"),
            None => format!("{stage}."),
        };
        property.insert("description".to_owned(), description.into());
        if matches!(feature.stage, FeatureStage::Deprecated | FeatureStage::Removed) {
            property.insert("deprecated".to_owned(), true.into());
        }
    }
    for (old, current) in OLD_FEATURE_NAMES {
        properties.insert(old.to_owned(), old_name("boolean", current));
    }
}

/// Names old keys and old values that are still accepted.
fn add_old_names(schema: &mut Value) {
    for (table, old, current) in OLD_KEYS {
        let of_table = properties(schema, None).and_then(|keys| reference(keys.get(table)?).map(str::to_owned));
        let Some(keys) = of_table.and_then(|definition| properties(schema, Some(&definition))) else {
            continue;
        };
        let Some(Value::String(kind)) = keys.get(current).and_then(|key| key.get("type")).cloned() else {
            continue;
        };
        keys.insert(old.to_owned(), old_name(&kind, current));
    }
    for (definition, old, current) in OLD_VALUES {
        let values = schema.get_mut("definitions").and_then(|all| all.get_mut(definition)?.get_mut("oneOf"));
        if let Some(Value::Array(values)) = values {
            values.push(json!({
                "description": format!("Old word for `{current}`."),
                "type": "string",
                "const": old,
                "deprecated": true,
            }));
        }
    }
}

fn old_name(kind: &str, current: &str) -> Value {
    json!({"description": format!("Old name of `{current}`."), "type": kind, "deprecated": true})
}

/// The type that a property refers to.
fn reference(property: &Value) -> Option<&str> {
    let reference = property.get("$ref").or_else(|| property.get("allOf")?.get(0)?.get("$ref"))?;
    reference.as_str()?.strip_prefix("#/definitions/")
}

/// Marks the keys that a project may not set: those that are taken out of a layer which has all keys.
fn mark_user_level_keys(schema: &mut Value) {
    let table_of = |keys: &mut dyn Iterator<Item = String>| -> toml::Table {
        keys.map(|key| (key, toml::Value::Boolean(true))).collect()
    };
    let features = properties(schema, Some("FeaturesToml")).map(|features| features.keys().cloned());
    let features = features.map(|mut names| table_of(&mut names)).unwrap_or_default();
    let keys = properties(schema, None).map(|keys| keys.keys().cloned());
    let mut layer = keys.map(|mut names| table_of(&mut names)).unwrap_or_default();
    layer.insert("features".to_owned(), features.into());
    for path in drop_denied_keys(&mut layer) {
        let (definition, key) = match path.strip_prefix("features.") {
            Some(feature) => (Some("FeaturesToml"), feature),
            None => (None, &*path),
        };
        let property = properties(schema, definition).and_then(|properties| properties.get_mut(key)?.as_object_mut());
        if let Some(property) = property {
            property.insert(USER_LEVEL_ONLY.to_owned(), true.into());
        }
    }
}
