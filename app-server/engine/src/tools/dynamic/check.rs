//! Which tools of a client can be offered to a model. The rules and their order are the reference's.

use std::collections::HashSet;

use codex_app_server_protocol::v2::{DynamicToolNamespaceTool, DynamicToolSpec};
use serde_json::Value;

use super::schema;

/// Longest name of a tool, in characters.
const MOST_OF_NAME: usize = 128;
/// Longest name of a namespace, in characters.
const MOST_OF_NAMESPACE: usize = 64;

/// Namespaces that the Responses API keeps for itself.
const RESERVED: [&str; 14] = [
    "api_tool",
    "browser",
    "computer",
    "container",
    "file_search",
    "functions",
    "image_gen",
    "multi_tool_use",
    "python",
    "python_user_visible",
    "submodel_delegator",
    "terminal",
    "tool_search",
    "web",
];

/// Why a tool of a client cannot be offered to a model; the texts are the reference's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DynamicToolError {
    /// A name without a character.
    #[error("dynamic tool {0} must not be empty")]
    Empty(DynamicToolName),
    /// Blanks around a name.
    #[error("dynamic tool {0} has leading/trailing whitespace: {1}")]
    Blanks(DynamicToolName, String),
    /// A name that the API would refuse.
    #[error("dynamic tool {0} must match ^[a-zA-Z0-9_-]+$ to match Responses API: {1}")]
    Characters(DynamicToolName, String),
    /// A name that the API would refuse for its length.
    #[error("dynamic tool {0} must be at most {max} characters to match Responses API: {1}", max = .0.most())]
    TooLong(DynamicToolName, String),
    /// A name that tools of MCP servers have.
    #[error("dynamic tool {0} is reserved: {1}")]
    Reserved(DynamicToolName, String),
    /// A namespace of the API's own.
    #[error("dynamic tool namespace collides with a reserved Responses API namespace: {0}")]
    OfTheApi(String),
    /// A namespace without a tool.
    #[error("dynamic tool namespace must contain at least one tool: {0}")]
    NoTools(String),
    /// Two tools of one name without a namespace.
    #[error("duplicate dynamic tool name: {0}")]
    Twice(String),
    /// Two tools of one name in a namespace.
    #[error("duplicate dynamic tool name in namespace {0}: {1}")]
    TwiceIn(String, String),
    /// Two namespaces of one name.
    #[error("duplicate dynamic tool namespace: {0}")]
    NamespaceTwice(String),
    /// What is searched for has to be in a namespace.
    #[error("deferred dynamic tool must include a namespace: {0}")]
    DeferredAlone(String),
    /// A schema of arguments that is none.
    #[error("dynamic tool input schema is not supported for {0}: {1}")]
    Schema(String, String),
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DynamicToolName {
    /// A tool.
    Tool,
    /// A namespace.
    Namespace,
}

impl DynamicToolName {
    fn most(self) -> usize {
        match self {
            Self::Tool => MOST_OF_NAME,
            Self::Namespace => MOST_OF_NAMESPACE,
        }
    }
}

impl std::fmt::Display for DynamicToolName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Tool => "name",
            Self::Namespace => "namespace",
        })
    }
}

/// Checks what a client brings.
pub(super) fn check(specs: &[DynamicToolSpec]) -> Result<(), DynamicToolError> {
    let (mut alone, mut namespaces) = (HashSet::new(), HashSet::new());
    for spec in specs {
        match spec {
            DynamicToolSpec::Function { name, input_schema, defer_loading, .. } => {
                check_name(DynamicToolName::Tool, name)?;
                if !alone.insert(name) {
                    return Err(DynamicToolError::Twice(name.clone()));
                }
                if *defer_loading {
                    return Err(DynamicToolError::DeferredAlone(name.clone()));
                }
                check_schema(name, input_schema)?;
            }
            DynamicToolSpec::Namespace { name: namespace, tools, .. } => {
                check_name(DynamicToolName::Namespace, namespace)?;
                if RESERVED.contains(&namespace.as_str()) {
                    return Err(DynamicToolError::OfTheApi(namespace.clone()));
                }
                if !namespaces.insert(namespace) {
                    return Err(DynamicToolError::NamespaceTwice(namespace.clone()));
                }
                if tools.is_empty() {
                    return Err(DynamicToolError::NoTools(namespace.clone()));
                }
                let mut within = HashSet::new();
                for DynamicToolNamespaceTool::Function { name, input_schema, .. } in tools {
                    check_name(DynamicToolName::Tool, name)?;
                    if !within.insert(name) {
                        return Err(DynamicToolError::TwiceIn(namespace.clone(), name.clone()));
                    }
                    check_schema(name, input_schema)?;
                }
            }
        }
    }
    Ok(())
}

fn check_name(named: DynamicToolName, name: &str) -> Result<(), DynamicToolError> {
    let error = match () {
        () if name.trim().is_empty() => DynamicToolError::Empty(named),
        () if name.trim() != name => DynamicToolError::Blanks(named, name.to_owned()),
        () if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) => {
            DynamicToolError::Characters(named, name.to_owned())
        }
        () if name.len() > named.most() => DynamicToolError::TooLong(named, name.to_owned()),
        () if name == "mcp" || name.starts_with("mcp__") => DynamicToolError::Reserved(named, name.to_owned()),
        () => return Ok(()),
    };
    Err(error)
}

fn check_schema(name: &str, schema: &Value) -> Result<(), DynamicToolError> {
    schema::check(schema).map_err(|reason| DynamicToolError::Schema(name.to_owned(), reason))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(specs: &Value) -> Option<String> {
        let specs: Vec<DynamicToolSpec> = serde_json::from_value(specs.clone()).unwrap();
        check(&specs).err().map(|error| error.to_string())
    }

    fn tool(name: &str) -> Value {
        json!({ "type": "function", "name": name, "description": "d", "inputSchema": {} })
    }

    fn namespace(name: &str, tools: &[Value]) -> Value {
        json!({ "type": "namespace", "name": name, "description": "d", "tools": tools })
    }

    #[test]
    fn names_are_refused_in_the_words_of_the_reference() {
        let long = "x".repeat(129);
        for (name, expected) in [
            ("", "must not be empty"),
            (" x", "has leading/trailing whitespace:  x"),
            ("a b", "must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b"),
            ("mcp", "is reserved: mcp"),
            ("mcp__x", "is reserved: mcp__x"),
        ] {
            assert_eq!(refused(&json!([tool(name)])).unwrap(), format!("dynamic tool name {expected}"));
            assert_eq!(
                refused(&json!([namespace("crm", &[tool(name)])])).unwrap(),
                format!("dynamic tool name {expected}")
            );
            assert_eq!(
                refused(&json!([namespace(name, &[tool("t")])])).unwrap(),
                format!("dynamic tool namespace {expected}")
            );
        }
        for (named, specs, most) in
            [("name", json!([tool(&long)]), 128), ("namespace", json!([namespace(&long, &[tool("t")])]), 64)]
        {
            let expected =
                format!("dynamic tool {named} must be at most {most} characters to match Responses API: {long}");
            assert_eq!(refused(&specs).unwrap(), expected);
        }
        assert_eq!(
            refused(&json!([tool(&long[1..]), tool("functions"), namespace("mcp_x", &[tool("exec_command")])])),
            None
        );
    }

    #[test]
    fn each_tool_is_one_and_what_is_searched_for_has_a_namespace() {
        let mut deferred = tool("t");
        deferred["deferLoading"] = json!(true);
        for (specs, expected) in [
            (json!([tool("t"), tool("t")]), "duplicate dynamic tool name: t"),
            (json!([namespace("n", &[])]), "dynamic tool namespace must contain at least one tool: n"),
            (json!([namespace("n", &[tool("t"), tool("t")])]), "duplicate dynamic tool name in namespace n: t"),
            (
                json!([namespace("n", &[tool("t")]), namespace("n", &[tool("u")])]),
                "duplicate dynamic tool namespace: n",
            ),
            (
                json!([namespace("web", &[tool("t")])]),
                "dynamic tool namespace collides with a reserved Responses API namespace: web",
            ),
            (json!([deferred]), "deferred dynamic tool must include a namespace: t"),
        ] {
            assert_eq!(refused(&specs).unwrap(), expected);
        }
        assert_eq!(
            refused(&json!([tool("t"), namespace("t", &[tool("t"), deferred.clone()])])).unwrap(),
            "duplicate dynamic tool name in namespace t: t"
        );
        assert_eq!(refused(&json!([tool("t"), namespace("t", &[tool("u"), deferred])])), None);
    }
}
