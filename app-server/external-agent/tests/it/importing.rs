//! What is offered and written, kind by kind.

use codex_app_server_protocol::v2::ExternalAgentConfigMigrationItemType as ItemType;
use codex_external_agent::{DetectRequest, totals};
use serde_json::json;

use super::fixture::{Fixture, full_home, item, names};

#[test]
fn everything_is_offered_in_order_and_then_imported() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    full_home(&fixture, "repo");
    let offered = fixture.detect().unwrap();
    let kinds: Vec<_> = offered.iter().map(|item| (item.item_type, item.cwd.is_some(), names(item))).collect();
    let expected = [
        (ItemType::Config, vec![]),
        (ItemType::McpServerConfig, vec!["files"]),
        (ItemType::Hooks, vec!["Stop"]),
        (ItemType::Skills, vec!["alpha"]),
        (ItemType::Commands, vec!["source-command-review"]),
        (ItemType::Subagents, vec!["tester"]),
        (ItemType::AgentsMd, vec![]),
    ];
    let expected: Vec<_> = [false, true]
        .into_iter()
        .flat_map(|in_repository| expected.clone().map(|(kind, names)| (kind, in_repository, names)))
        .map(|(kind, place, names)| (kind, place, names.into_iter().map(str::to_owned).collect::<Vec<_>>()))
        .collect();
    assert_eq!(kinds, expected);

    let results = fixture.import_all();
    assert!(results.iter().all(|result| result.failures.is_empty() && !result.successes.is_empty()), "{results:?}");
    let totals: Vec<_> = totals(results).iter().map(|total| (total.item_type, total.successes.len())).collect();
    let order = [
        ItemType::Config,
        ItemType::Skills,
        ItemType::AgentsMd,
        ItemType::McpServerConfig,
        ItemType::Subagents,
        ItemType::Hooks,
        ItemType::Commands,
    ];
    assert_eq!(totals, order.map(|kind| (kind, 2)));
    assert_eq!(fixture.detect().unwrap(), []);

    for (target, skills, instructions) in [
        ("user/.codex", "user/.agents/skills", "user/.codex/AGENTS.md"),
        ("repo/.codex", "repo/.agents/skills", "repo/AGENTS.md"),
    ] {
        let read = |name: &str| fixture.read(&format!("{target}/{name}"));
        assert_eq!(
            read("config.toml"),
            "sandbox_mode = \"workspace-write\"\n\n[shell_environment_policy]\ninherit = \"core\"\n\n\
             [shell_environment_policy.set]\nA = \"1\"\n\n[mcp_servers.files]\ncommand = \"npx\"\nargs = [\"-y\"]\n"
        );
        let script = fixture.root.join(target).join("hooks/end.sh");
        assert_eq!(read("hooks/end.sh"), "#!/bin/sh\n");
        let hooks: serde_json::Value = serde_json::from_str(&read("hooks.json")).unwrap();
        let command = format!("'{}' now", script.display());
        assert_eq!(hooks, json!({"hooks": {"Stop": [{"hooks": [{"type": "command", "command": command}]}]}}));
        assert_eq!(
            read("agents/tester.toml"),
            "name = \"tester\"\ndescription = \"tests\"\ndeveloper_instructions = \"Test it.\"\n"
        );
        assert_eq!(fixture.read(&format!("{skills}/alpha/SKILL.md")), "---\nname: alpha\n---\nUse Codex.\n");
        assert_eq!(fixture.read(&format!("{skills}/alpha/notes.md")), "Claude\n");
        assert!(fixture.read(&format!("{skills}/source-command-review/SKILL.md")).contains("Review it.\n"));
        assert_eq!(fixture.read(instructions), "Codex says hi.\n");
    }
}

#[test]
fn results_name_what_was_imported_where() {
    let fixture = Fixture::new();
    full_home(&fixture, "repo");
    fixture.write("repo/sub/x", "");
    let result = fixture.import(ItemType::AgentsMd, Some("repo/sub"));
    let path = |name: &str| Some(fixture.root.join(name).to_str().unwrap().to_owned());
    let success = &result.successes[0];
    assert_eq!((&success.cwd, &success.title), (&path("repo/sub"), &None));
    assert_eq!((&success.source, &success.target), (&path("repo/.claude/CLAUDE.md"), &path("repo/AGENTS.md")));
    let result = fixture.import(ItemType::Commands, Some("repo"));
    let name = Some("source-command-review".to_owned());
    assert_eq!((&result.successes[0].source, &result.successes[0].target), (&name, &name));
}

#[test]
fn what_is_here_already_stays_and_is_no_failure() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    let config = "# mine\nsandbox_mode = \"read-only\"\n[shell_environment_policy.set]\nA = \"mine\"\n[mcp_servers.files]\ncommand = \"mine\"\n";
    fixture
        .write("user/.codex/config.toml", config)
        .write("user/.codex/hooks.json", "{}")
        .write("user/.codex/AGENTS.md", "mine")
        .write("user/.codex/agents/tester.toml", "mine")
        .write("user/.agents/skills/alpha", "a file, even")
        .write("user/.agents/skills/source-command-review/other.md", "mine");
    let before = fixture.files();
    assert_eq!(fixture.detect().unwrap(), []);
    for kind in [
        ItemType::Config,
        ItemType::McpServerConfig,
        ItemType::Hooks,
        ItemType::Skills,
        ItemType::Commands,
        ItemType::Subagents,
        ItemType::AgentsMd,
    ] {
        let result = fixture.import(kind, None);
        assert_eq!((result.successes.len(), result.failures.len()), (0, 0), "{kind:?}");
    }
    assert_eq!(fixture.files(), before);
}

#[test]
fn blank_files_are_filled() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    fixture
        .write("user/.codex/AGENTS.md", " \n")
        .write("user/.codex/hooks.json", "\n")
        .write("user/.codex/config.toml", "");
    fixture.import_all();
    assert_eq!(fixture.read("user/.codex/AGENTS.md"), "Codex says hi.\n");
    assert!(fixture.read("user/.codex/hooks.json").contains("end.sh"));
    assert!(fixture.read("user/.codex/config.toml").starts_with("sandbox_mode"));
}

#[test]
fn a_script_that_is_another_one_here_is_not_run_in_its_place() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    fixture.write("user/.codex/hooks/end.sh", "mine").write("user/.claude/hooks/more/x.py", "x");
    assert_eq!(fixture.import(ItemType::Hooks, None).successes.len(), 1);
    assert_eq!(fixture.read("user/.codex/hooks/end.sh"), "mine");
    assert_eq!(fixture.read("user/.codex/hooks/more/x.py"), "x");
    assert!(fixture.read("user/.codex/hooks.json").contains("\".claude/hooks/end.sh now\""));
}

#[test]
fn commands_of_hooks_run_the_copies() {
    let fixture = Fixture::new();
    fixture.write("repo/.claude/hooks/a b.sh", "x").write("repo/.claude/hooks/sub/c.py", "y");
    let commands = [
        ("\"$CLAUDE_PROJECT_DIR/.claude/hooks/a b.sh\" z", Some("'H/a b.sh' z")),
        ("'${CLAUDE_PROJECT_DIR}'/.claude/hooks/sub/c.py; ls", Some("'H/sub/c.py'; ls")),
        (
            "python3 ./.claude/hooks/sub/c.py | cat .claude/hooks/sub/c.py",
            Some("python3 'H/sub/c.py' | cat 'H/sub/c.py'"),
        ),
        ("cat .claude/hooks/sub/../a\\ b.sh .claude/hooks/gone .claude/other ~/.claude/hooks/sub/c.py", None),
    ];
    let hooks: Vec<_> = commands.iter().map(|(command, _)| json!({"type": "command", "command": command})).collect();
    fixture.json("repo/.claude/settings.json", json!({"hooks": {"Stop": [{ "hooks": hooks }]}}));
    fixture.import_all();
    let written: serde_json::Value = serde_json::from_str(&fixture.read("repo/.codex/hooks.json")).unwrap();
    let scripts = fixture.root.join("repo/.codex/hooks");
    for (at, (old, new)) in commands.into_iter().enumerate() {
        let expected = new.map_or(old.to_owned(), |new| new.replace('H', scripts.to_str().unwrap()));
        assert_eq!(written["hooks"]["Stop"][0]["hooks"][at]["command"], expected);
    }
}

#[test]
fn settings_of_the_machine_win_and_hooks_of_both_files_count() {
    let fixture = Fixture::new();
    let hook = |command: &str| json!({"Stop": [{"hooks": [{"type": "command", "command": command}]}]});
    fixture
        .json(
            "user/.claude/settings.json",
            json!({"env": {"A": "1", "B": "1"}, "hooks": hook("one"), "disableAllHooks": true}),
        )
        .json(
            "user/.claude/settings.local.json",
            json!({"env": {"A": "2"}, "hooks": hook("two"), "disableAllHooks": false}),
        );
    fixture.import_all();
    assert!(fixture.read("user/.codex/config.toml").contains("A = \"2\"\nB = \"1\"\n"));
    let hooks = fixture.read("user/.codex/hooks.json");
    assert!(hooks.find("one") < hooks.find("two") && hooks.contains("two"), "{hooks}");
    fixture.json("repo/.claude/settings.json", json!({"hooks": hook("x"), "disableAllHooks": true}));
    assert_eq!(fixture.detect().unwrap(), []);
}

#[test]
fn servers_come_from_four_places_and_the_last_one_wins() {
    let fixture = Fixture::new();
    let repo = fixture.root.join("repo");
    let servers = |place: &str, names: &[&str]| {
        let entries = names.iter().map(|name| ((*name).to_owned(), json!({ "command": place })));
        serde_json::Value::Object(entries.collect())
    };
    fixture
        .json(
            "user/.claude.json",
            json!({"mcpServers": servers("user", &["u"]), "projects": {repo.to_str().unwrap(): {"mcpServers": servers("home", &["a", "b", "c", "d"])}}}),
        )
        .json("repo/.mcp.json", json!({"mcpServers": servers("shared", &["a", "b", "c"])}))
        .json(
            "repo/.claude.json",
            json!({"mcpServers": servers("state", &["a", "b"]), "projects": {repo.to_str().unwrap(): {"mcpServers": servers("project", &["a"])}}}),
        );
    fixture.import_all();
    let config = fixture.read("repo/.codex/config.toml");
    let wanted = [("a", "project"), ("b", "state"), ("c", "shared"), ("d", "home")];
    let wanted = wanted.map(|(name, place)| format!("[mcp_servers.{name}]\ncommand = \"{place}\"\n"));
    assert_eq!(config, wanted.join("\n"));
    assert_eq!(fixture.read("user/.codex/config.toml"), "[mcp_servers.u]\ncommand = \"user\"\n");
}

#[test]
fn files_of_other_programs_have_no_servers() {
    let fixture = Fixture::new();
    fixture.json("repo/.mcp.json", json!([1])).json("user/.claude.json", json!({"mcpServers": [1], "projects": 2}));
    assert_eq!(fixture.detect().unwrap(), []);
}

#[test]
fn servers_that_are_turned_off_are_not_offered() {
    let servers = json!({"mcpServers": {"p1": {"command": "x"}, "p2": {"command": "x"}, "p3": {"command": "x"}}});
    for (home, repo, expected) in [
        (json!({"disabledMcpjsonServers": ["p1"]}), None, vec!["p2", "p3"]),
        (json!({"enabledMcpjsonServers": ["p1"]}), None, vec!["p1"]),
        (json!({"enabledMcpjsonServers": ["p1"]}), Some(json!({"disabledMcpjsonServers": ["p2"]})), vec!["p1", "p3"]),
        (json!({}), Some(json!({"enabledMcpjsonServers": []})), vec!["p1", "p2", "p3"]),
    ] {
        let fixture = Fixture::new();
        fixture.json("user/.claude/settings.json", home).json("repo/.mcp.json", servers.clone());
        if let Some(repo) = repo {
            fixture.json("repo/.claude/settings.json", repo);
        }
        assert_eq!(names(&fixture.detect().unwrap()[0]), expected);
    }
}

#[test]
fn two_commands_of_one_name_are_both_left_out() {
    let fixture = Fixture::new();
    fixture
        .write("user/.claude/commands/a/b.md", "one")
        .write("user/.claude/commands/a-b.md", "two")
        .write("user/.claude/commands/c.md", "three")
        .write("user/.claude/commands/README.md", "no command")
        .write("user/.claude/commands/d.txt", "no command");
    assert_eq!(names(&fixture.detect().unwrap()[0]), ["source-command-c"]);
}

#[test]
fn instructions_of_a_repository_are_in_one_of_two_places() {
    let fixture = Fixture::new();
    fixture.write("repo/CLAUDE.md", "\n").write("repo/.claude/CLAUDE.md", "inner");
    assert!(fixture.detect().unwrap()[0].description.contains("/.claude/CLAUDE.md to "));
    fixture.write("repo/CLAUDE.md", "outer");
    fixture.import_all();
    assert_eq!(fixture.read("repo/AGENTS.md"), "outer");
}

#[test]
fn each_repository_is_offered_once() {
    let fixture = Fixture::new();
    fixture.write("repo/CLAUDE.md", "x").write("repo/sub/x", "").write("plain/CLAUDE.md", "x");
    let path = |name: &str| fixture.root.join(name).to_str().unwrap().to_owned();
    let request = DetectRequest {
        cwds: vec![path("repo/sub"), "relative".to_owned(), path("gone"), String::new(), path("plain"), path("repo")],
        ..DetectRequest::default()
    };
    let offered = fixture.importer().detect(&request).unwrap();
    let cwds: Vec<_> = offered.iter().filter_map(|item| item.cwd.as_ref().map(|cwd| cwd.as_str().to_owned())).collect();
    assert_eq!(cwds, [path("repo"), path("plain")]);
    assert_eq!(fixture.importer().detect(&DetectRequest::default()).unwrap(), []);
}

#[test]
fn an_empty_working_directory_is_the_home() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    let mut wanted = item(ItemType::AgentsMd, None);
    wanted.cwd = Some("".into());
    let result = fixture.importer().import(&wanted, None);
    assert_eq!(result.successes[0].cwd.as_deref(), Some(""));
    assert_eq!(fixture.read("user/.codex/AGENTS.md"), "Codex says hi.\n");
}
