//! `dynamicTools`: tools that a client brings to a thread and carries out itself.
//!
//! They belong to their thread for good: they stand in its first line, so that a thread that is resumed or forked has them.
//! A tool of ours of the same name goes first.

mod call;
mod check;
mod schema;

use std::sync::Arc;

use codex_app_server_protocol::v2::{DynamicToolNamespaceTool, DynamicToolSpec};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

pub(super) use call::run;
pub use check::{DynamicToolError, DynamicToolName};

/// The tools that a client brought to a thread.
#[derive(Debug, Default)]
pub(crate) struct DynamicTools {
    specs: Vec<DynamicToolSpec>,
    /// How the model is told of them: without those that it has to search for. With the name of one that has no namespace.
    forms: Vec<(Option<String>, Arc<RawValue>)>,
}

impl DynamicTools {
    /// Takes what a client brings.
    ///
    /// # Errors
    /// [`DynamicToolError`], for the first tool that cannot be offered to a model.
    pub(crate) fn checked(specs: Vec<DynamicToolSpec>) -> Result<Self, DynamicToolError> {
        check::check(&specs)?;
        Ok(Self::kept(specs))
    }

    /// Those that a stored thread has.
    pub(crate) fn kept(specs: Vec<DynamicToolSpec>) -> Self {
        let forms =
            specs.iter().filter_map(|spec| Some((alone(spec), to_raw_value(&form(spec)?).ok()?.into()))).collect();
        Self { specs, forms }
    }

    pub(crate) fn specs(&self) -> &[DynamicToolSpec] {
        &self.specs
    }

    /// How the model is told of those whose names none of ours has.
    pub(super) fn forms<'a>(&'a self, is_ours: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a Arc<RawValue>> {
        let offered = self.forms.iter().filter(move |(name, _)| !name.as_deref().is_some_and(&is_ours));
        offered.map(|(_, form)| form)
    }

    /// Whether the client has brought this tool.
    pub(super) fn has(&self, namespace: Option<&str>, tool: &str) -> bool {
        self.specs.iter().any(|spec| match spec {
            DynamicToolSpec::Function { name, .. } => namespace.is_none() && name == tool,
            DynamicToolSpec::Namespace { name, tools, .. } => {
                let is_it = |DynamicToolNamespaceTool::Function { name, .. }: &DynamicToolNamespaceTool| name == tool;
                namespace == Some(name) && tools.iter().any(is_it)
            }
        })
    }
}

fn alone(spec: &DynamicToolSpec) -> Option<String> {
    match spec {
        DynamicToolSpec::Function { name, .. } => Some(name.clone()),
        DynamicToolSpec::Namespace { .. } => None,
    }
}

/// A tool, or a namespace of tools, as the model is told of it; `None` for what it has to search for.
fn form(spec: &DynamicToolSpec) -> Option<Value> {
    match spec {
        DynamicToolSpec::Function { name, description, input_schema, defer_loading } => {
            (!defer_loading).then(|| function(name, description, input_schema))
        }
        DynamicToolSpec::Namespace { name, description, tools } => {
            let offered = tools.iter().filter_map(|tool| {
                let DynamicToolNamespaceTool::Function { name, description, input_schema, defer_loading } = tool;
                (!defer_loading).then(|| function(name, description, input_schema))
            });
            let tools: Vec<Value> = offered.collect();
            (!tools.is_empty())
                .then(|| json!({ "type": "namespace", "name": name, "description": description, "tools": tools }))
        }
    }
}

fn function(name: &str, description: &str, input_schema: &Value) -> Value {
    let parameters = schema::parameters(input_schema);
    json!({ "type": "function", "name": name, "description": description, "strict": false, "parameters": parameters })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_told_of_what_it_need_not_search_for_and_may_call_all() {
        let tool = |name: &str, defer: bool| {
            json!({ "type": "function", "name": name, "description": "d", "inputSchema": { "type": "object" },
                "deferLoading": defer })
        };
        let specs = json!([
            tool("lookup", false),
            tool("exec_command", false),
            { "type": "namespace", "name": "crm", "description": "Customers", "tools": [tool("find", false), tool("late", true)] },
            { "type": "namespace", "name": "far", "description": "", "tools": [tool("late", true)] },
        ]);
        let tools = DynamicTools::checked(serde_json::from_value(specs).unwrap()).unwrap();
        let forms: Vec<Value> =
            tools.forms(|name| name == "exec_command").map(|form| serde_json::from_str(form.get()).unwrap()).collect();
        let function = |name: &str| json!({ "type": "function", "name": name, "description": "d", "strict": false, "parameters": { "type": "object" } });
        let namespace =
            json!({ "type": "namespace", "name": "crm", "description": "Customers", "tools": [function("find")] });
        assert_eq!(forms, [function("lookup"), namespace]);
        assert!(tools.has(None, "lookup") && tools.has(Some("crm"), "late") && tools.has(Some("far"), "late"));
        assert!(!tools.has(None, "find") && !tools.has(Some("crm"), "lookup") && !tools.has(Some("lookup"), "lookup"));
    }
}
