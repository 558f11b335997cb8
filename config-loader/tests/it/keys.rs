//! The schema for editors and the list of keys: as checked in, and true.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use codex_config_loader::{ConfigKey, config_keys, config_schema};
use serde_json::{Value, json};

use crate::fixture::Place;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Compares with a checked-in file, or writes it when `UPDATE_SCHEMA=1` is in the environment.
fn check_in(path: &str, text: &str) {
    let file = repository().join(path);
    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
        std::fs::write(&file, text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    let same = found.lines().zip(text.lines()).take_while(|(old, new)| old == new).count();
    assert!(found == text, "{path} differs from the types, first in line {}; `just schema` writes it anew", same + 1);
}

#[test]
fn the_schema_is_checked_in() {
    let text = serde_json::to_string_pretty(&config_schema().unwrap()).unwrap();
    check_in("schema/config.schema.json", &(text + "\n"));
}

#[test]
fn the_list_of_keys_is_checked_in() {
    let keys = config_keys(&config_schema().unwrap());
    check_in("docs/config-keys.md", &list_of_keys(&keys));
}

/// The manual's page.
fn list_of_keys(keys: &[ConfigKey]) -> String {
    let mut page = "# The keys of config.toml\n\n\
        Every key, its type, its default and what it means. The page is made from the types of the\n\
        [config-loader](../config-loader/src/keys/mod.rs), like [the JSON Schema](../schema/config.schema.json) that editors read; `just schema`\n\
        writes both. To have an editor check a config.toml, begin it with `#:schema <path or URL of config.schema.json>`\n\
        (taplo, Even Better TOML).\n\n\
        `<name>` stands for a name of your own, `[]` for an element of a list. A dash means that there is no default: the server, the model\n\
        or the client chooses. **User** marks keys that only count in your own file and on the command line; a project's file cannot set them.\n\n\
        | key | type | default | meaning |\n|---|---|---|---|\n"
        .to_owned();
    for key in keys {
        let default = key.default.as_ref().map_or_else(|| "-".to_owned(), |default| format!("`{default}`"));
        let user = if key.user_level_only { "**User.** " } else { "" };
        let cells = [format!("`{}`", key.path), key.kind.clone(), default, format!("{user}{}", key.meaning)];
        writeln!(page, "| {} |", cells.map(|cell| cell.replace('|', "\\|")).join(" | ")).unwrap();
    }
    page
}

/// The TOML files of a folder of the test data, as JSON.
fn samples(folder: &str) -> BTreeMap<String, (String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data").join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let samples: BTreeMap<_, _> = files
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let json = serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
            (path.file_name().unwrap().to_str().unwrap().to_owned(), (text, json))
        })
        .collect();
    assert!(!samples.is_empty());
    samples
}

#[test]
fn good_files_are_accepted_by_the_schema_and_the_server() {
    let schema = jsonschema::draft7::new(&config_schema().unwrap()).unwrap();
    for (name, (text, json)) in samples("good") {
        let errors: Vec<_> =
            schema.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        let warnings = Place::with_user_file(&text).warnings();
        let expected = if name == "agents.toml" { 1 } else { 0 };
        assert_eq!(warnings.len(), expected, "{name}: {warnings:#?}");
    }
}

#[test]
fn bad_files_are_refused_by_the_schema_and_the_server() {
    let schema = jsonschema::draft7::new(&config_schema().unwrap()).unwrap();
    for (name, (text, json)) in samples("bad") {
        assert!(!schema.is_valid(&json), "{name} fits the schema");
        let warnings = Place::with_user_file(&text).warnings();
        assert_eq!(warnings[0]["summary"], "Invalid configuration; using defaults.", "{name}");
    }
}

#[test]
fn every_key_of_config_read_is_in_the_schema_and_in_the_list() {
    let schema = config_schema().unwrap();
    let answer = Place::new().read();
    let shown: Vec<&String> = answer["config"].as_object().unwrap().keys().collect();
    let properties = schema["properties"].as_object().unwrap();
    let listed: Vec<String> =
        config_keys(&schema).into_iter().map(|key| key.path).filter(|path| !path.contains(['.', '['])).collect();
    assert_eq!(listed, properties.keys().cloned().collect::<Vec<_>>());
    // The first stands in a table of its own in files; the others are in no answer.
    let mut expected: Vec<&String> = properties.keys().collect();
    let client_search_provider = "client_search_provider".to_owned();
    expected.push(&client_search_provider);
    let (mut shown, mut expected) = (shown, expected);
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
}

#[test]
fn every_listed_key_is_known_to_the_types() {
    let schema = config_schema().unwrap();
    let keys = config_keys(&schema);
    assert!(keys.len() > 600, "{}", keys.len());
    let mut unknown = Vec::new();
    for key in &keys {
        let mut text = toml::to_string(&file_with(&schema, &key.path)).unwrap();
        // Only this provider has credentials of AWS, and no name of its own.
        if key.path.starts_with("model_providers.<name>.aws") {
            text = text.replace("name = \"n\"\n", "").replace("model_providers.1", "model_providers.amazon-bedrock");
            text = text.replace("auth_refresh]\ncommand = \"/x\"", "auth_refresh]\ncommand = \"aws\"");
        }
        if key.path.starts_with("permissions.<name>.filesystem.") {
            text = text.replace("filesystem.1]", "filesystem.':root']").replace("\n1 =", "\n':root' =");
        }
        let warnings = Place::with_user_file(&text).warnings();
        // A name of one's own is never one that the server knows.
        let is_unknown = key.path != "features.<name>"
            && warnings.iter().any(|warning| warning["summary"].as_str().unwrap().contains("unknown"));
        let details = warnings.iter().find_map(|warning| warning["details"].as_str());
        if is_unknown || details.is_some() != REFUSED.contains(&&*key.path) {
            unknown.push(format!("{}: {}\n{text}", key.path, details.unwrap_or("unknown")));
        }
    }
    assert!(unknown.is_empty(), "{} keys: {}", unknown.len(), unknown.join("\n"));
}

/// Keys that are listed because files have them, and that the server refuses.
const REFUSED: [&str; 3] = ["mcp_servers.<name>.bearer_token", "experimental_thread_store_endpoint", "profile"];

/// The segments of a path of the list.
fn segments(path: &str) -> Vec<String> {
    let mut segments = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (segment, tail) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let (segment, tail) = quoted.split_once('"').unwrap();
                (segment.to_owned(), tail)
            }
            None => {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if !segment.is_empty() {
            segments.push(segment);
        }
        rest = match tail.strip_prefix("[]") {
            Some(tail) => {
                segments.push("[]".to_owned());
                tail
            }
            None => tail,
        };
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    segments
}

/// A file with one key, and what else its tables need.
fn file_with(schema: &Value, path: &str) -> Value {
    let mut file = sample(schema, schema, &segments(path));
    let companions: toml::Table = companions(path).parse().unwrap();
    complete(&mut file, serde_json::to_value(companions).unwrap());
    file
}

/// Puts companions beside what is there, or in its place.
fn complete(value: &mut Value, companion: Value) {
    match (value, companion) {
        (Value::Object(fields), Value::Object(companions)) => {
            for (key, companion) in companions {
                match fields.get_mut(&key) {
                    Some(value) => complete(value, companion),
                    None => {
                        fields.insert(key, companion);
                    }
                }
            }
        }
        (value, companion) => *value = companion,
    }
}

/// What the meaning of a key needs beyond the types.
fn companions(path: &str) -> &'static str {
    const HTTP_KEYS: [&str; 7] =
        ["url", "http_headers", "env_http_headers", "http_headers_helper", "bearer_token_env_var", "auth", "oauth"];
    let parts: Vec<&str> = path.split('.').collect();
    match &*parts {
        ["model_provider"] => "model_provider = 'openai'",
        ["model_instructions_file" | "model_catalog_json" | "experimental_compact_prompt_file"] => {
            concat!(
                "model_instructions_file = '",
                env!("CARGO_MANIFEST_DIR"),
                "/Cargo.toml'\n",
                "model_catalog_json = '",
                env!("CARGO_MANIFEST_DIR"),
                "/Cargo.toml'\n",
                "experimental_compact_prompt_file = '",
                env!("CARGO_MANIFEST_DIR"),
                "/Cargo.toml'",
            )
        }
        ["approval_policy"] => "approval_policy = 'never'",
        ["default_permissions"] => "default_permissions = ':workspace'",
        ["permissions", _, "extends"] => "default_permissions = '1'\npermissions.1.extends = ':workspace'",
        ["permissions", _, "network", "mitm", "actions", ..] => {
            "default_permissions = '1'\npermissions.1.network.mitm.actions.1.strip_request_headers = ['A']"
        }
        ["permissions", _, "network", "mitm", "hooks", _, ..] => {
            "default_permissions = '1'\npermissions.1.network.mitm.hooks.1.action = ['a']"
        }
        ["permissions", _, ..] => "default_permissions = '1'",
        ["model_providers", _, "gateway_oauth", "credential_export", ..] => {
            "model_providers.1 = { name = 'n', base_url = 'u' }"
        }
        ["model_providers", _, "gateway_oauth", ..] => {
            "model_providers.1 = { name = 'n', base_url = 'u', gateway_oauth = { authorization_url = 'a', \
             token_url = 't', client_id = 'c' } }"
        }
        ["model_providers", ..] => "model_providers.1.name = 'n'",
        ["mcp_servers", _, "oauth", "token_endpoint_auth_method" | "authorization_server_issuer"] => {
            "mcp_servers.1 = { url = 'u', auth = 'ema_auth', oauth = { client_id = 'c', client_secret = 's' } }"
        }
        ["mcp_servers", _, "oauth", ..] => "mcp_servers.1 = { url = 'u', oauth.client_id = 'c' }",
        ["mcp_servers", _, "oauth_resource"] => "mcp_servers.1.url = 'u'",
        ["mcp_servers", _, key, ..] if HTTP_KEYS.contains(key) => "mcp_servers.1.url = 'u'",
        ["mcp_servers", ..] => "mcp_servers.1.command = 'c'",
        ["mcp_enterprise_managed_auth", "idp", "token_endpoint_auth_method"] => {
            "mcp_enterprise_managed_auth.idp.client_secret = 's'"
        }
        ["features", "rollout_budget"] => "features.rollout_budget = false",
        ["features", "rollout_budget", "enabled"] => {
            "features.rollout_budget = { limit_tokens = 9, reminder_at_remaining_tokens = [] }"
        }
        ["features", "multi_agent_v2", "max_wait_timeout_ms" | "default_wait_timeout_ms"] => {
            "features.multi_agent_v2.min_wait_timeout_ms = 0\nfeatures.multi_agent_v2.default_wait_timeout_ms = 0"
        }
        ["features", "guardianv2", "sync_elastic_budgeting"] => "features.guardianv2.sync_elastic_sections = {}",
        ["features", "token_budget", "auto_compact_fallback_prompt"] => {
            "features.token_budget.auto_compact_fallback_buffer_tokens = 9"
        }
        _ => "",
    }
}

/// A value of a type that leads to a key; the shortest that its schema allows.
fn sample(root: &Value, schema: &Value, segments: &[String]) -> Value {
    let schema = resolve(root, schema);
    if let Some(example) = schema.get("examples").filter(|_| segments.is_empty()) {
        return example[0].clone();
    }
    let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    if let Some(alternatives) = alternatives {
        let fitting = alternatives.iter().find(|alternative| leads_to(root, alternative, segments)).unwrap();
        let mut value = sample(root, fitting, segments);
        // What all forms share stands beside them.
        if let (Value::Object(value), Some(_)) = (&mut value, schema.get("properties")) {
            value.extend(sample(root, &json!({"type": "object", "properties": schema["properties"], "required": schema.get("required").cloned().unwrap_or(json!([]))}), &[]).as_object().unwrap().clone());
        }
        return value;
    }
    if let Some(word) = schema.get("const") {
        return word.clone();
    }
    if let Some(words) = schema.get("enum") {
        return words[0].clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let mut table = serde_json::Map::new();
            for key in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
                let key = key.as_str().unwrap();
                table.insert(key.to_owned(), sample(root, &schema["properties"][key], &[]));
            }
            if let Some((segment, rest)) = segments.split_first() {
                let property = schema.get("properties").and_then(|properties| properties.get(segment));
                let name = if segment == "<name>" { "1" } else { segment };
                let property = property.unwrap_or_else(|| &schema["additionalProperties"]);
                table.insert(name.to_owned(), sample(root, property, rest));
            }
            table.into()
        }
        Some("array") => match segments.split_first() {
            Some((_, rest)) => json!([sample(root, &schema["items"], rest)]),
            None => json!([]),
        },
        Some("boolean") => true.into(),
        Some("integer") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("number") => json!(0.5),
        Some("string") => "/x".into(),
        None => true.into(),
        kind => panic!("no sample of {kind:?}"),
    }
}

fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").or_else(|| schema.get("allOf")?.get(0)?.get("$ref"));
    match reference.and_then(Value::as_str) {
        Some(reference) => resolve(root, root.pointer(reference.trim_start_matches('#')).unwrap()),
        None => schema,
    }
}

/// Whether a type has a key at this path.
fn leads_to(root: &Value, schema: &Value, segments: &[String]) -> bool {
    let Some((segment, rest)) = segments.split_first() else {
        return true;
    };
    let schema = resolve(root, schema);
    let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    if alternatives.into_iter().flatten().any(|alternative| leads_to(root, alternative, segments)) {
        return true;
    }
    let next = match segment.as_str() {
        "[]" => schema.get("items"),
        "<name>" => schema.get("additionalProperties"),
        key => schema.get("properties").and_then(|properties| properties.get(key)),
    };
    next.is_some_and(|next| leads_to(root, next, rest))
}
