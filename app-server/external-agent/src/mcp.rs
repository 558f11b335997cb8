//! MCP servers: of the user's state file, of a project in it, and of `.mcp.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use codex_config_loader::edit_file;
use serde_json::{Map, Value};
use toml_edit::{Array, Item, Table, value};

use crate::error::ImportError;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::settings;
use crate::toml_tables::{document, has_room, keep_comments_above, table, table_mut};

const SERVERS: &str = "mcp_servers";
const STATE_FILE: &str = ".claude.json";

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let servers = missing_servers(scope)?;
    if servers.is_empty() {
        return Ok(None);
    }
    let (root, config) = (scope.root.display(), scope.config_file());
    Ok(Some(Offer {
        description: format!("Migrate MCP servers from {root} into {}", config.display()),
        names: Some(servers.into_keys().collect()),
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let servers = missing_servers(scope)?;
    if servers.is_empty() {
        return Ok(Outcome::default());
    }
    let mut added = Vec::new();
    edit_file(&scope.config_file(), |document| {
        let is_new = !document.contains_key(SERVERS);
        // Somebody may have added some since they were looked for.
        if let Some(known) = table_mut(document.as_table_mut(), SERVERS) {
            for (name, server) in &servers {
                if !known.contains_key(name) {
                    known.insert(name, Item::Table(server.to_table()));
                    added.push(name.clone());
                }
            }
        }
        if let (true, Some(first)) = (is_new, added.first()) {
            keep_comments_above(document, &[SERVERS, first]);
        }
        Ok::<_, ImportError>(())
    })?;
    Ok(Outcome::named(added))
}

/// A server in the words of the configuration.
#[derive(Debug, PartialEq, Eq)]
enum Server {
    Command {
        command: String,
        args: Vec<String>,
        env: Vec<(String, String)>,
        env_vars: Vec<String>,
    },
    Url {
        url: String,
        bearer_token_env_var: Option<String>,
        http_headers: Vec<(String, String)>,
        env_http_headers: Vec<(String, String)>,
    },
}

/// The servers of a place that the configuration does not have, by name.
fn missing_servers(scope: &Scope) -> Result<BTreeMap<String, Server>, ImportError> {
    let mut found = sources(scope)?;
    if found.is_empty() {
        return Ok(BTreeMap::new());
    }
    let switches = Switches::of(scope)?;
    found.retain(|name, _| switches.is_on(name));
    let servers: BTreeMap<String, Server> =
        found.into_iter().filter_map(|(name, entry)| Some((name, server(entry.as_object()?)?))).collect();
    if servers.is_empty() {
        return Ok(servers);
    }
    let config = document(scope, &scope.config_file())?;
    if !has_room(config.as_table(), SERVERS) {
        return Ok(BTreeMap::new());
    }
    let known = table(config.as_table(), SERVERS);
    Ok(servers.into_iter().filter(|(name, _)| known.is_none_or(|known| !known.contains_key(name))).collect())
}

/// The entries of all files; later ones replace earlier ones of the same name.
fn sources(scope: &Scope) -> Result<BTreeMap<String, Value>, ImportError> {
    let mut found = BTreeMap::new();
    let mut add = |servers: Option<&Value>| {
        let servers = servers.and_then(Value::as_object).into_iter().flatten();
        found.extend(servers.map(|(name, entry)| (name.clone(), entry.clone())));
    };
    if let (false, Some(user_home)) = (scope.is_home(), &scope.user_home) {
        let home = Scope::home(Some(user_home), &scope.target)?;
        let state = settings::json(&home, &user_home.join(STATE_FILE))?.unwrap_or_default();
        add(project(&state, scope));
    }
    // Other programs use this file too; one that holds something else has no servers.
    let shared = settings::json(scope, &scope.root.join(".mcp.json"))?.unwrap_or_default();
    add(shared.get("mcpServers"));
    let state = settings::json(scope, &scope.root.join(STATE_FILE))?.unwrap_or_default();
    add(state.get("mcpServers"));
    add(project(&state, scope));
    Ok(found)
}

/// The servers that a state file has for the project at the root.
fn project<'a>(state: &'a Value, scope: &Scope) -> Option<&'a Value> {
    let projects = state.get("projects")?;
    let of = |root: &Path| projects.get(root.to_str()?)?.get("mcpServers");
    of(&scope.root).or_else(|| of(scope.resolved_root()))
}

/// Which servers the user has turned on or off by name.
#[derive(Debug, Default)]
struct Switches {
    /// Only these; all when empty.
    on: BTreeSet<String>,
    off: BTreeSet<String>,
}

impl Switches {
    /// Those of the place itself, or of the home where it has no settings.
    fn of(scope: &Scope) -> Result<Self, ImportError> {
        let settings = match settings::merged(scope)? {
            Some(settings) => Some(settings),
            None if scope.is_home() => None,
            None => match &scope.user_home {
                Some(user_home) => settings::merged(&Scope::home(Some(user_home), &scope.target)?)?,
                None => None,
            },
        };
        let names = |key: &str| {
            let list = settings.as_ref().and_then(|settings| settings.get(key)).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        Ok(Self { on: names("enabledMcpjsonServers"), off: names("disabledMcpjsonServers") })
    }

    fn is_on(&self, name: &str) -> bool {
        (self.on.is_empty() || self.on.contains(name)) && !self.off.contains(name)
    }
}

/// A server as the configuration says it; none when it is turned off, of another kind, or uses placeholders in a way that
/// the configuration has no word for.
fn server(entry: &Map<String, Value>) -> Option<Server> {
    let is = |key: &str, wanted: bool| entry.get(key) == Some(&Value::Bool(wanted));
    if is("disabled", true) || is("enabled", false) {
        return None;
    }
    let kind = match entry.get("type") {
        None | Some(Value::Null) => None,
        Some(kind) => Some(kind.as_str()?),
    };
    match (kind, plain(entry.get("command")), plain(entry.get("url"))) {
        (None | Some("stdio"), Some(command), _) => command_server(entry, command),
        (None | Some("http" | "streamable_http"), _, Some(url)) => url_server(entry, url),
        _ => None,
    }
}

fn command_server(entry: &Map<String, Value>, command: String) -> Option<Server> {
    let args: Vec<String> = match entry.get("args") {
        Some(Value::Array(args)) => args.iter().filter_map(|arg| plain(Some(arg))).collect(),
        Some(arg) => plain(Some(arg)).into_iter().collect(),
        None => Vec::new(),
    };
    if command.trim().is_empty() || args.iter().chain([&command]).any(|text| has_placeholder(text)) {
        return None;
    }
    let (mut env, mut env_vars) = (Vec::new(), Vec::new());
    for (name, value) in object(entry, "env") {
        match placeholder(&value) {
            // The configuration can pass a variable on, under its own name only.
            Some(variable) if variable == name => env_vars.push(name),
            None if !has_placeholder(&value) => env.push((name, value)),
            _ => return None,
        }
    }
    Some(Server::Command { command, args, env, env_vars })
}

fn url_server(entry: &Map<String, Value>, url: String) -> Option<Server> {
    if url.trim().is_empty() || has_placeholder(&url) {
        return None;
    }
    let (mut bearer_token_env_var, mut http_headers, mut env_http_headers) = (None, Vec::new(), Vec::new());
    for (name, value) in object(entry, "headers") {
        let token =
            value.strip_prefix("Bearer ").and_then(placeholder).filter(|_| name.eq_ignore_ascii_case("authorization"));
        match (token, placeholder(&value)) {
            (Some(variable), _) => bearer_token_env_var = Some(variable.to_owned()),
            (None, Some(variable)) => env_http_headers.push((name, variable.to_owned())),
            (None, None) if !has_placeholder(&value) => http_headers.push((name, value)),
            _ => return None,
        }
    }
    Some(Server::Url { url, bearer_token_env_var, http_headers, env_http_headers })
}

/// A plain value as text.
fn plain(value: Option<&Value>) -> Option<String> {
    value.filter(|value| value.is_string() || value.is_number() || value.is_boolean()).map(settings::text)
}

/// The entries of an object as texts.
fn object(entry: &Map<String, Value>, key: &str) -> Vec<(String, String)> {
    let fields = entry.get(key).and_then(Value::as_object).into_iter().flatten();
    fields.map(|(name, value)| (name.clone(), settings::text(value))).collect()
}

fn has_placeholder(text: &str) -> bool {
    text.contains("${")
}

/// The variable of a text that is `${NAME}` or `${NAME:-default}` and nothing else.
fn placeholder(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("${")?.strip_suffix('}')?;
    let name = inner.split_once(":-").map_or(inner, |(name, _)| name);
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    (is_name(name) && !inner.contains('}')).then_some(name)
}

impl Server {
    fn to_table(&self) -> Table {
        let mut table = Table::new();
        match self {
            Self::Command { command, args, env, env_vars } => {
                table.insert("command", value(command));
                add_list(&mut table, "args", args);
                add_list(&mut table, "env_vars", env_vars);
                add_table(&mut table, "env", env);
            }
            Self::Url { url, bearer_token_env_var, http_headers, env_http_headers } => {
                table.insert("url", value(url));
                if let Some(variable) = bearer_token_env_var {
                    table.insert("bearer_token_env_var", value(variable));
                }
                add_table(&mut table, "http_headers", http_headers);
                add_table(&mut table, "env_http_headers", env_http_headers);
            }
        }
        table
    }
}

fn add_list(table: &mut Table, key: &str, entries: &[String]) {
    if !entries.is_empty() {
        table.insert(key, value(Array::from_iter(entries)));
    }
}

fn add_table(table: &mut Table, key: &str, entries: &[(String, String)]) {
    if !entries.is_empty() {
        let entries: Table = entries.iter().map(|(name, text)| (name, value(text))).collect();
        table.insert(key, Item::Table(entries));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn written(entry: Value) -> Option<String> {
        let server = server(entry.as_object().unwrap())?;
        let mut document = toml_edit::DocumentMut::new();
        document.insert("s", Item::Table(server.to_table()));
        Some(document.to_string())
    }

    #[test]
    fn servers_in_the_words_of_the_configuration() {
        for (entry, expected) in [
            (json!({"command": "x"}), "[s]\ncommand = \"x\"\n"),
            (
                json!({"type": "stdio", "command": "x", "args": ["a", 1, null, true]}),
                "[s]\ncommand = \"x\"\nargs = [\"a\", \"1\", \"true\"]\n",
            ),
            (json!({"command": "x", "args": "a b", "url": "https://y"}), "[s]\ncommand = \"x\"\nargs = [\"a b\"]\n"),
            (
                json!({"command": "x", "env": {"B": "b", "T": "${T}", "D": "${D:-z}", "N": 1, "H": "$HOME"}}),
                "[s]\ncommand = \"x\"\nenv_vars = [\"T\", \"D\"]\n\n[s.env]\nB = \"b\"\nN = \"1\"\nH = \"$HOME\"\n",
            ),
            (json!({"url": "https://x"}), "[s]\nurl = \"https://x\"\n"),
            (
                json!({"type": "http", "url": "https://x", "headers": {"authorization": "Bearer ${T}", "X": "y", "K": "${K:-z}"}}),
                "[s]\nurl = \"https://x\"\nbearer_token_env_var = \"T\"\n\n[s.http_headers]\nX = \"y\"\n\n[s.env_http_headers]\nK = \"K\"\n",
            ),
        ] {
            assert_eq!(written(entry.clone()).as_deref(), Some(expected), "{entry}");
        }
    }

    #[test]
    fn servers_without_words_are_left_out() {
        for entry in [
            json!({"args": ["x"]}),
            json!({"command": "x", "disabled": true}),
            json!({"command": "x", "enabled": false}),
            json!({"type": "sse", "url": "https://x"}),
            json!({"type": "stdio", "url": "https://x"}),
            json!({"type": "http", "command": "x"}),
            json!({"type": 5, "command": "x"}),
            json!({"command": "${HOME}/x"}),
            json!({"command": " "}),
            json!({"command": "x", "args": ["${X:-y}"]}),
            json!({"command": "x", "env": {"A": "${B}"}}),
            json!({"command": "x", "env": {"A": "pre${A}"}}),
            json!({"url": "https://${HOST}"}),
            json!({"url": "https://x", "headers": {"X": "a${K}"}}),
            json!({"url": "https://x", "headers": {"Authorization": "bearer ${T}"}}),
            json!({"url": "https://x", "headers": {"X": "Bearer ${T}"}}),
            json!({"url": "https://x", "headers": {"X": "${A}${B}"}}),
        ] {
            assert_eq!(written(entry.clone()), None, "{entry}");
        }
    }
}
