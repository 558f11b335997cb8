//! Whatever stands in the folders: what was offered is imported, what was there stays, and a second time changes nothing.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::fixture::Fixture;

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a".to_owned()),
        Just("A b".to_owned()),
        Just("claude".to_owned()),
        Just("é".to_owned()),
        "[a-d.-]{1,4}x"
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        Just(json!("${KEY}")),
        Just(json!("Bearer ${KEY}")),
        Just(json!(".claude/hooks/run.sh 'x")),
        r"\PC{0,8}".prop_map(Value::from),
    ]
}

fn object(values: impl Strategy<Value = Value>, keys: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let key = prop_oneof![3 => prop::sample::select(keys).prop_map(str::to_owned), 1 => name()];
    prop::collection::vec((key, values), 0..4)
        .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>()))
}

fn server() -> impl Strategy<Value = Value> {
    let field = prop_oneof![
        scalar(),
        object(scalar(), &["KEY", "Authorization"]),
        prop::collection::vec(scalar(), 0..3).prop_map(Value::from)
    ];
    object(field, &["command", "command", "url", "args", "env", "headers", "type", "disabled"])
}

fn settings() -> impl Strategy<Value = Value> {
    let hook = object(scalar(), &["type", "command", "command", "timeout", "async"]);
    let group = prop::collection::vec(hook, 0..3).prop_map(|hooks| json!({"matcher": "m", "hooks": hooks}));
    let events =
        object(prop::collection::vec(group, 0..3).prop_map(Value::from), &["Stop", "PreToolUse", "Notification"]);
    (object(scalar(), &["A", "B"]), any::<bool>(), events)
        .prop_map(|(env, sandbox, hooks)| json!({"env": env, "sandbox": {"enabled": sandbox}, "hooks": hooks}))
}

fn markdown() -> impl Strategy<Value = String> {
    let front = object(scalar(), &["name", "description", "effort"]);
    let body = prop_oneof![Just(String::new()), Just("Use Claude.\n".to_owned()), Just("$1".to_owned()), r"\PC{0,12}"];
    (prop::option::of(front), body).prop_map(|(front, body)| match front {
        // A JSON object is a YAML map.
        Some(front) => format!("---\n{front}\n---\n{body}"),
        None => body,
    })
}

fn config() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "# mine\nsandbox_mode = \"read-only\" # so\n",
        "shell_environment_policy = { set = { A = \"mine\" } }\n",
        "[shell_environment_policy]\ninherit = \"all\"\nset.A = \"mine\"\n\n[mcp_servers.a]\ncommand = \"mine\"\n",
        "mcp_servers = 5\nshell_environment_policy.set = 5\n",
        "[mcp_servers]\nclaude = { command = \"mine\" }\n",
    ])
}

/// Files of one place, by path below it.
fn place() -> impl Strategy<Value = Vec<(String, String)>> {
    let named = |folder: &'static str, end: &'static str| {
        prop::collection::vec((name(), markdown()), 0..4).prop_map(move |files| {
            files.into_iter().map(|(name, text)| (format!(".claude/{folder}/{name}{end}"), text)).collect::<Vec<_>>()
        })
    };
    let servers = object(server(), &["a", "b"]).prop_map(|servers| json!({ "mcpServers": servers }).to_string());
    (
        settings(),
        servers,
        named("skills", "/SKILL.md"),
        named("commands", ".md"),
        named("agents", ".md"),
        markdown(),
        config(),
        any::<bool>(),
    )
        .prop_map(|(settings, servers, skills, commands, agents, instructions, config, has_hooks)| {
            let mut files = vec![
                (".claude/settings.json".to_owned(), settings.to_string()),
                (".mcp.json".to_owned(), servers),
                (".claude/CLAUDE.md".to_owned(), instructions),
                (".claude/hooks/run.sh".to_owned(), "x".to_owned()),
                (".codex/config.toml".to_owned(), config.to_owned()),
            ];
            if has_hooks {
                files.push((".codex/hooks.json".to_owned(), "{\"hooks\": {}}".to_owned()));
            }
            files.into_iter().chain(skills).chain(commands).chain(agents).collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn importing_twice_changes_nothing(home in place(), repository in place()) {
        let fixture = Fixture::new();
        for (root, files) in [("user", &home), ("repo", &repository)] {
            for (path, text) in files {
                fixture.write(&format!("{root}/{path}"), text);
            }
        }
        let before = fixture.files();
        let offered = fixture.detect().unwrap();
        let results: Vec<_> = offered.iter().map(|item| fixture.importer().import(item, None)).collect();
        for result in &results {
            prop_assert!(result.failures.is_empty() && !result.successes.is_empty(), "{:?}", result);
        }
        let after = fixture.files();
        for (path, content) in &before {
            if !path.ends_with(".codex/config.toml") {
                prop_assert_eq!(after.get(path), Some(content), "{}", path.display());
            }
        }
        for root in ["user", "repo"] {
            let path = fixture.root.join(root).join(".codex/config.toml");
            let parse = |text: &[u8]| std::str::from_utf8(text).unwrap().parse::<toml::Table>().unwrap();
            keeps(&parse(&before[&path]), &parse(&after[&path]))?;
        }
        prop_assert_eq!(fixture.detect().unwrap(), vec![]);
        for item in &offered {
            let result = fixture.importer().import(item, None);
            prop_assert!(result.failures.is_empty() && result.successes.is_empty(), "{:?}", result);
        }
        prop_assert_eq!(fixture.files(), after);
    }
}

/// Every value of the one configuration is in the other.
fn keeps(before: &toml::Table, after: &toml::Table) -> Result<(), TestCaseError> {
    for (key, value) in before {
        match (value, after.get(key)) {
            (toml::Value::Table(value), Some(toml::Value::Table(now))) => keeps(value, now)?,
            (value, now) => prop_assert_eq!(Some(value), now, "{}", key),
        }
    }
    Ok(())
}
