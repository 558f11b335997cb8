//! Values whose spelling in a rollout differs from the wire's: snake_case keys, other names, kebab-case tags.

use codex_app_server_protocol::v2;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// A wire source, to be written as the lines spell it.
pub(crate) struct SnakeSessionSource<'a>(pub(crate) &'a v2::SessionSource);

impl Serialize for SnakeSessionSource<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            v2::SessionSource::Cli => serializer.serialize_str("cli"),
            v2::SessionSource::Vscode => serializer.serialize_str("vscode"),
            v2::SessionSource::Exec => serializer.serialize_str("exec"),
            v2::SessionSource::AppServer => serializer.serialize_str("mcp"),
            v2::SessionSource::Unknown => serializer.serialize_str("unknown"),
            v2::SessionSource::Custom(name) => json!({ "custom": name }).serialize(serializer),
            v2::SessionSource::SubAgent(agent) => json!({ "subagent": agent }).serialize(serializer),
        }
    }
}

/// A source as a line spells it; `Unknown` for what is spelled otherwise.
pub(crate) fn session_source_of(value: &Value) -> v2::SessionSource {
    match value {
        Value::String(name) => match name.as_str() {
            "cli" => v2::SessionSource::Cli,
            "vscode" => v2::SessionSource::Vscode,
            "exec" => v2::SessionSource::Exec,
            "mcp" => v2::SessionSource::AppServer,
            _ => v2::SessionSource::Unknown,
        },
        Value::Object(object) => {
            let custom = object.get("custom").and_then(Value::as_str);
            let agent = || serde_json::from_value(object.get("subagent")?.clone()).ok();
            custom
                .map(|name| v2::SessionSource::Custom(name.to_owned()))
                .or_else(|| agent().map(v2::SessionSource::SubAgent))
                .unwrap_or(v2::SessionSource::Unknown)
        }
        _ => v2::SessionSource::Unknown,
    }
}

/// The sandbox policy: kebab-case tag, snake_case fields, no empty list of roots.
pub(crate) fn sandbox_policy<S: Serializer>(policy: &v2::SandboxPolicy, serializer: S) -> Result<S::Ok, S::Error> {
    let value = match policy {
        v2::SandboxPolicy::DangerFullAccess => json!({ "type": "danger-full-access" }),
        v2::SandboxPolicy::ReadOnly { network_access: false } => json!({ "type": "read-only" }),
        v2::SandboxPolicy::ReadOnly { network_access } => {
            json!({ "type": "read-only", "network_access": network_access })
        }
        v2::SandboxPolicy::ExternalSandbox { network_access } => {
            json!({ "type": "external-sandbox", "network_access": network_access })
        }
        v2::SandboxPolicy::WorkspaceWrite {
            writable_roots,
            network_access,
            exclude_tmpdir_env_var,
            exclude_slash_tmp,
        } => {
            let mut object = Map::new();
            object.insert("type".to_owned(), json!("workspace-write"));
            if !writable_roots.is_empty() {
                object.insert("writable_roots".to_owned(), json!(writable_roots));
            }
            object.insert("network_access".to_owned(), json!(network_access));
            object.insert("exclude_tmpdir_env_var".to_owned(), json!(exclude_tmpdir_env_var));
            object.insert("exclude_slash_tmp".to_owned(), json!(exclude_slash_tmp));
            Value::Object(object)
        }
    };
    value.serialize(serializer)
}

/// A named permission profile, without the keys it does not set.
pub(crate) fn active_profile<S: Serializer>(
    profile: &Option<v2::ActivePermissionProfile>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut object = Map::new();
    if let Some(profile) = profile {
        object.insert("id".to_owned(), json!(profile.id));
        if let Some(extends) = &profile.extends {
            object.insert("extends".to_owned(), json!(extends));
        }
    }
    object.serialize(serializer)
}

/// The error info of a turn: unit variants are strings, others objects, all in snake_case.
pub(crate) fn error_info(info: &v2::CodexErrorInfo) -> Result<Value, serde_json::Error> {
    Ok(match serde_json::to_value(info)? {
        Value::String(name) => Value::String(snake(&name)),
        other => snake_keys(other),
    })
}

/// Renames all keys of objects, at every depth.
pub(crate) fn snake_keys(value: Value) -> Value {
    rename_keys(value, &snake)
}

/// Renames all keys of objects, at every depth.
pub(crate) fn camel_keys(value: Value) -> Value {
    rename_keys(value, &camel)
}

fn rename_keys(value: Value, rename: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Object(object) => {
            Value::Object(object.into_iter().map(|(key, value)| (rename(&key), rename_keys(value, rename))).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(|value| rename_keys(value, rename)).collect()),
        other => other,
    }
}

/// `someName` as `some_name`.
pub(crate) fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// `some_name` as `someName`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else {
            out.push(if upper { c.to_ascii_uppercase() } else { c });
            upper = false;
        }
    }
    out
}
