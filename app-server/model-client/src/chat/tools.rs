//! Tools as functions. Chat completions know functions alone: a namespace becomes part of the name, a tool that takes
//! free text becomes a function with one text. [`ToolNames`] leads a call back to the tool it means.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Value, json};

/// What the functions of a request stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ToolNames(BTreeMap<String, Tool>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tool {
    pub(crate) namespace: Option<String>,
    pub(crate) name: String,
    /// Takes free text, which the function's `input` carries.
    pub(crate) custom: bool,
}

impl ToolNames {
    pub(crate) fn tool(&self, function: &str) -> Option<&Tool> {
        self.0.get(function)
    }
}

/// The function's name for a tool.
pub(crate) fn function_name(namespace: Option<&str>, name: &str) -> String {
    match namespace {
        Some(namespace) => format!("{namespace}__{name}"),
        None => name.to_owned(),
    }
}

/// The tools that can be offered; searches of the provider's own and the like cannot.
pub(crate) fn tools(tools: &[Arc<RawValue>]) -> (Vec<Value>, ToolNames) {
    let mut offered = Vec::new();
    let mut names = ToolNames::default();
    for tool in tools {
        let Ok(tool) = serde_json::from_str::<Value>(tool.get()) else { continue };
        if tool["type"] == "namespace" {
            let namespace = tool["name"].as_str();
            for tool in tool["tools"].as_array().into_iter().flatten() {
                offer(tool, namespace, &mut offered, &mut names);
            }
        } else {
            offer(&tool, None, &mut offered, &mut names);
        }
    }
    (offered, names)
}

fn offer(tool: &Value, namespace: Option<&str>, offered: &mut Vec<Value>, names: &mut ToolNames) {
    let Some(name) = tool["name"].as_str() else { return };
    let custom = match tool["type"].as_str() {
        Some("function") => false,
        Some("custom") => true,
        _ => return,
    };
    let parameters = if custom {
        json!({"type": "object", "properties": {"input": {"type": "string"}}, "required": ["input"], "additionalProperties": false})
    } else if tool["parameters"].is_object() {
        tool["parameters"].clone()
    } else {
        json!({"type": "object", "properties": {}})
    };
    let function = function_name(namespace, name);
    let mut description = tool["description"].as_str().unwrap_or_default().to_owned();
    if let Some(grammar) = tool["format"]["definition"].as_str() {
        description.push_str("\n\nThe text must follow this grammar:\n");
        description.push_str(grammar);
    }
    offered.push(json!({
        "type": "function",
        "function": {"name": function, "description": description, "parameters": parameters},
    }));
    names.0.insert(function, Tool { namespace: namespace.map(str::to_owned), name: name.to_owned(), custom });
}
