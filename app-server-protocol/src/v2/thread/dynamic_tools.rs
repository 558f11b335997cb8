//! The tools that a client brings to a thread, in the form of today and in the one of old clients, which knew no kinds of
//! entries. What is read in the old form is kept and written in the form of today.

use schemars::JsonSchema;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as JsonValue;

/// A tool that the client carries out, or several in a namespace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DynamicToolSpec {
    /// One tool; its calls come as `item/tool/call` without a namespace.
    Function {
        /// Its name, as the model calls it.
        name: String,
        /// What it does, for the model.
        description: String,
        /// JSON Schema of its arguments.
        input_schema: JsonValue,
        /// The model learns of the tool only when it searches for tools. Default false.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        defer_loading: bool,
    },
    /// Tools that belong together.
    Namespace {
        /// Name of the namespace.
        name: String,
        /// What they are for, for the model.
        description: String,
        /// The tools.
        tools: Vec<DynamicToolNamespaceTool>,
    },
}

/// A tool inside a namespace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DynamicToolNamespaceTool {
    /// One tool; its calls come as `item/tool/call` with the namespace.
    Function {
        /// Its name inside the namespace.
        name: String,
        /// What it does, for the model.
        description: String,
        /// JSON Schema of its arguments.
        input_schema: JsonValue,
        /// The model learns of the tool only when it searches for tools. Default false.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        defer_loading: bool,
    },
}

/// A tool as old clients declare it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LegacyDynamicToolSpec {
    namespace: Option<String>,
    name: String,
    description: String,
    input_schema: JsonValue,
    defer_loading: Option<bool>,
    expose_to_context: Option<bool>,
}

/// The text is the reference's own.
const MIXED: &str = "dynamic tools must use either canonical or legacy format consistently";

/// Reads a list of tools. All entries have one form: the one of today when each says its type, else the old one.
pub(super) fn deserialize<'de, D>(deserializer: D) -> Result<Option<Vec<DynamicToolSpec>>, D::Error>
where
    D: Deserializer<'de>,
{
    let Some(entries) = Option::<Vec<JsonValue>>::deserialize(deserializer)? else { return Ok(None) };
    let current = entries.iter().filter(|entry| is_current(entry)).count();
    let specs = if current == entries.len() && !entries.iter().any(mixes_forms) {
        entries.into_iter().map(decoded).collect()
    } else if current == 0 {
        entries.into_iter().map(decoded).collect::<Result<_, _>>().map(modernized)
    } else {
        Err(MIXED.to_owned())
    };
    specs.map(Some).map_err(D::Error::custom)
}

/// Whether an entry has the form of today.
fn is_current(entry: &JsonValue) -> bool {
    entry.get("type").is_some()
}

/// Whether an entry of today's form has something of the old one, itself or in its tools.
fn mixes_forms(entry: &JsonValue) -> bool {
    let has_old_field = |entry: &JsonValue| ["namespace", "exposeToContext"].iter().any(|key| entry.get(key).is_some());
    let tools = entry.get("tools").and_then(JsonValue::as_array);
    has_old_field(entry) || tools.into_iter().flatten().any(|tool| !is_current(tool) || has_old_field(tool))
}

/// Decodes one entry. The reference complains about a number at the top of it without telling which.
fn decoded<T: DeserializeOwned>(entry: JsonValue) -> Result<T, String> {
    let hides_numbers = entry.get("type").is_none_or(JsonValue::is_number);
    serde_json::from_value(entry).map_err(|error| {
        let text = error.to_string();
        let Some((found, wanted)) = text.split_once("`, expected ") else { return text };
        let is_number =
            ["integer", "floating point"].iter().any(|kind| found.starts_with(&format!("invalid type: {kind} `")));
        if hides_numbers && is_number { format!("invalid type: number, expected {wanted}") } else { text }
    })
}

/// The same tools in today's form; those of a namespace stand together, where its first one stood.
fn modernized(old: Vec<LegacyDynamicToolSpec>) -> Vec<DynamicToolSpec> {
    let mut specs: Vec<DynamicToolSpec> = Vec::with_capacity(old.len());
    for tool in old {
        let LegacyDynamicToolSpec { namespace, name, description, input_schema, defer_loading, expose_to_context } =
            tool;
        let defer_loading = defer_loading == Some(true) || expose_to_context == Some(false);
        let Some(namespace) = namespace else {
            specs.push(DynamicToolSpec::Function { name, description, input_schema, defer_loading });
            continue;
        };
        let tool = DynamicToolNamespaceTool::Function { name, description, input_schema, defer_loading };
        let known = specs.iter_mut().find_map(|spec| match spec {
            DynamicToolSpec::Namespace { name, tools, .. } if *name == namespace => Some(tools),
            _ => None,
        });
        match known {
            Some(tools) => tools.push(tool),
            None => {
                let (description, tools) = (String::new(), vec![tool]);
                specs.push(DynamicToolSpec::Namespace { name: namespace, description, tools });
            }
        }
    }
    specs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What the list is written as.
    fn read(list: JsonValue) -> Result<JsonValue, String> {
        let specs = deserialize(list).map_err(|error| error.to_string())?;
        Ok(serde_json::to_value(specs).unwrap())
    }

    fn old(name: &str, more: JsonValue) -> JsonValue {
        let mut tool = json!({ "name": name, "description": "d", "inputSchema": {} });
        tool.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        tool
    }

    fn new(name: &str, more: JsonValue) -> JsonValue {
        let mut tool = old(name, more);
        tool["type"] = "function".into();
        tool
    }

    #[test]
    fn old_entries_become_functions_and_namespaces() {
        let list = json!([
            old("a", json!({ "namespace": "n", "zzz": 1 })),
            old("b", json!({ "namespace": null, "deferLoading": true })),
            old("c", json!({ "namespace": "n", "exposeToContext": false })),
            old("d", json!({ "deferLoading": null, "exposeToContext": true })),
        ]);
        let tools = [new("a", json!({})), new("c", json!({ "deferLoading": true }))];
        let expected = json!([
            { "type": "namespace", "name": "n", "description": "", "tools": tools },
            new("b", json!({ "deferLoading": true })),
            new("d", json!({})),
        ]);
        assert_eq!(read(list), Ok(expected));
    }

    #[test]
    fn entries_of_today_and_empty_lists_stay_as_they_are() {
        let namespace = json!({ "type": "namespace", "name": "n", "description": "d", "tools": [new("a", json!({}))] });
        for list in [json!(null), json!([]), json!([new("a", json!({ "deferLoading": true })), namespace])] {
            assert_eq!(read(list.clone()), Ok(list));
        }
        assert_eq!(read(json!([["n", "a", "d", {}, null, true]])).unwrap()[0]["type"], "namespace");
    }

    #[test]
    fn forms_do_not_mix() {
        for list in [
            json!([new("a", json!({})), old("b", json!({}))]),
            json!([1, { "type": "function" }]),
            json!([{ "type": "function" }, { "type": 1, "exposeToContext": null }]),
            json!([{ "type": "namespace", "tools": [1] }]),
            json!([{ "type": "namespace", "tools": [{ "type": "function", "namespace": "n" }] }]),
        ] {
            assert_eq!(read(list), Err(MIXED.to_owned()));
        }
    }

    #[test]
    fn refusals_are_the_ones_of_the_reference() {
        for (list, text) in [
            (json!("x"), "invalid type: string \"x\", expected a sequence"),
            (json!([1]), "invalid type: number, expected struct LegacyDynamicToolSpec"),
            (json!([{}]), "missing field `name`"),
            (json!([old("a", json!({ "deferLoading": 1 }))]), "invalid type: number, expected a boolean"),
            (json!([new("a", json!({ "deferLoading": 1 }))]), "invalid type: integer `1`, expected a boolean"),
            (json!([{ "type": 1 }]), "invalid type: number, expected variant identifier"),
            (
                json!([{ "type": "namespace", "name": "n", "description": "d", "tools": [{ "type": 1.5 }] }]),
                "invalid type: floating point `1.5`, expected variant identifier",
            ),
            (json!([{ "type": "function" }]), "missing field `name`"),
            (json!([["n"]]), "invalid length 1, expected struct LegacyDynamicToolSpec with 6 elements"),
        ] {
            assert_eq!(read(list), Err(text.to_owned()));
        }
    }
}
