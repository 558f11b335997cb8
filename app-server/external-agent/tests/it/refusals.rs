//! What cannot be imported, and that it says why without showing what stands in files.

use std::path::Path;

use codex_app_server_protocol::v2::ExternalAgentConfigMigrationItemType as ItemType;
use codex_config_loader::CodexHome;
use codex_external_agent::{DetectRequest, Importer};
use serde_json::json;

use super::fixture::{Fixture, full_home, item};

/// The one failure of an item: class, finer class and message.
fn failure(fixture: &Fixture, kind: ItemType, cwd: Option<&str>) -> (String, Option<String>, String) {
    let mut result = fixture.import(kind, cwd);
    assert_eq!((result.successes.len(), result.failures.len()), (0, 1), "{result:?}");
    let failure = result.failures.remove(0);
    assert_eq!((failure.item_type, failure.failure_stage.as_str()), (kind, "import_request_failed"));
    (failure.error_type.unwrap(), failure.sub_error_type, failure.message)
}

#[test]
fn kinds_that_come_later_say_so() {
    let fixture = Fixture::new();
    for (kind, what) in
        [(ItemType::Plugins, "plugins"), (ItemType::Sessions, "sessions"), (ItemType::Memory, "memories")]
    {
        let (_, finer, message) = failure(&fixture, kind, None);
        assert_eq!(finer.as_deref(), Some("not_supported"));
        assert_eq!(message, format!("{what} cannot be imported by this server: not supported yet"));
    }
}

#[test]
fn the_second_agent_comes_later() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    let request =
        DetectRequest { include_home: true, migration_source: Some("cursor".to_owned()), ..DetectRequest::default() };
    assert_eq!(fixture.importer().detect(&request).unwrap(), []);
    let result = fixture.importer().import(&item(ItemType::Skills, None), Some("cursor"));
    assert_eq!(result.failures[0].sub_error_type.as_deref(), Some("not_supported"));
    let unknown = DetectRequest { migration_source: Some("unknown".to_owned()), ..request };
    assert_eq!(fixture.importer().detect(&unknown).unwrap().len(), 7);
}

#[test]
fn paths_have_to_be_absolute_and_homes_known() {
    let fixture = Fixture::new();
    let relative = fixture.importer().import(&item(ItemType::AgentsMd, Some(Path::new("repo"))), None);
    assert!(relative.failures[0].message.contains("\"repo\" is not an absolute path"), "{relative:?}");
    let gone = fixture.import(ItemType::AgentsMd, Some("gone/deeper"));
    assert_eq!((gone.successes.len(), gone.failures.len()), (0, 0));
    let homeless = Importer::new(None, CodexHome::new(fixture.root.join("user/.codex")));
    let request = DetectRequest { include_home: true, ..DetectRequest::default() };
    assert!(homeless.detect(&request).unwrap_err().to_string().contains("set HOME"));
}

#[test]
fn broken_files_are_named_and_not_shown() {
    let fixture = Fixture::new();
    fixture.write("user/.claude/settings.json", "{\"env\": {\"KEY\": \"sesame\"}, sesame");
    let error = fixture.detect().unwrap_err().to_string();
    assert!(
        error.contains("settings.json: ") && error.contains("line 1 column") && !error.contains("sesame"),
        "{error}"
    );
    let (class, _, message) = failure(&fixture, ItemType::Config, None);
    assert_eq!((class.as_str(), message), ("external_agent_config_import_error", error));
    fixture.write("user/.claude/settings.json", "[\"sesame\"]");
    assert!(failure(&fixture, ItemType::Hooks, None).2.contains("must hold a JSON object"));

    let config = "model = \"sesame\"\nkey = = \"sesame\"\n";
    fixture.json("user/.claude/settings.json", json!({"env": {"A": "1"}})).write("user/.codex/config.toml", config);
    let (class, _, message) = failure(&fixture, ItemType::Config, None);
    assert_eq!(class, "invalid_existing_config");
    assert!(message.starts_with("invalid existing config.toml: ") && message.contains("line 2"), "{message}");
    assert!(!message.contains("sesame"), "{message}");
    assert_eq!(fixture.read("user/.codex/config.toml"), config);

    fixture.write("user/.claude/CLAUDE.md", b"\xff\xfe");
    assert!(failure(&fixture, ItemType::AgentsMd, None).2.contains("CLAUDE.md: invalid utf-8"));
}

#[test]
fn one_thing_that_fails_leaves_the_others_alone() {
    let fixture = Fixture::new();
    full_home(&fixture, "user");
    let mut deep = "user/.claude/skills/deep".to_owned();
    for _ in 0..20 {
        deep.push_str("/d");
    }
    fixture.write(&format!("{deep}/x"), "");
    let result = fixture.import(ItemType::Skills, None);
    assert_eq!(result.successes.iter().map(|done| done.source.as_deref()).collect::<Vec<_>>(), [Some("alpha")]);
    assert_eq!(result.failures[0].source.as_deref(), Some("deep"));
    assert!(result.failures[0].message.contains("nested more than 16 folders deep"), "{result:?}");
    let targets = std::fs::read_dir(fixture.root.join("user/.agents/skills")).unwrap();
    assert_eq!(targets.count(), 1, "no half of a skill is left behind");

    fixture.write("repo/.agents", "a file");
    full_home(&fixture, "repo");
    for kind in [ItemType::Skills, ItemType::Commands] {
        failure(&fixture, kind, Some("repo"));
    }
    assert_eq!(fixture.import(ItemType::Subagents, Some("repo")).successes.len(), 1);
}

#[test]
fn what_is_too_large_is_refused() {
    let fixture = Fixture::new();
    fixture.write("user/.claude/CLAUDE.md", vec![b'x'; 1024 * 1024 + 1]);
    assert!(failure(&fixture, ItemType::AgentsMd, None).2.contains("larger than 1048576 bytes"));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_outside_a_repository_is_read() {
        let secret = "---\nname: sesame\ndescription: sesame\n---\nsesame";
        let fixture = Fixture::new();
        fixture.write("outside/skill/SKILL.md", secret).write("outside/a.md", secret);
        fixture.json("outside/settings.json", json!({"env": {"KEY": "sesame"}}));
        fixture.write("repo/.claude/skills/own/SKILL.md", "own");
        symlink(fixture.root.join("outside/skill"), fixture.root.join("repo/.claude/skills/linked")).unwrap();
        symlink(fixture.root.join("outside"), fixture.root.join("repo/.claude/skills/own/inner")).unwrap();
        symlink(fixture.root.join("outside/a.md"), fixture.root.join("repo/CLAUDE.md")).unwrap();
        for name in ["commands", "agents"] {
            symlink(fixture.root.join("outside"), fixture.root.join("repo/.claude").join(name)).unwrap();
        }
        symlink(fixture.root.join("outside/settings.json"), fixture.root.join("repo/.claude/settings.json")).unwrap();
        for kind in [ItemType::AgentsMd, ItemType::Commands, ItemType::Subagents, ItemType::Config, ItemType::Hooks] {
            assert!(failure(&fixture, kind, Some("repo")).2.contains("a link leads out of"), "{kind:?}");
        }
        let offered: Vec<_> = fixture.detect().unwrap().iter().map(|item| item.item_type).collect();
        assert_eq!(offered, [ItemType::Skills]);
        assert_eq!(fixture.import(ItemType::Skills, Some("repo")).successes.len(), 1);
        let copies = fixture.root.join("repo/.agents");
        let copied: Vec<_> = fixture.files().into_iter().filter(|(path, _)| path.starts_with(&copies)).collect();
        assert!(!copied.is_empty() && copied.iter().all(|(_, content)| !content.ends_with(b"sesame")));
    }

    #[test]
    fn nothing_outside_a_repository_is_written() {
        let fixture = Fixture::new();
        full_home(&fixture, "repo");
        fixture.write("outside/x", "");
        for name in [".codex", ".agents"] {
            symlink(fixture.root.join("outside"), fixture.root.join("repo").join(name)).unwrap();
        }
        symlink(fixture.root.join("nowhere"), fixture.root.join("repo/AGENTS.md")).unwrap();
        let before = fixture.files();
        assert_eq!(fixture.detect().unwrap(), []);
        for kind in [
            ItemType::Config,
            ItemType::McpServerConfig,
            ItemType::Hooks,
            ItemType::Subagents,
            ItemType::Skills,
            ItemType::Commands,
        ] {
            assert!(failure(&fixture, kind, Some("repo")).2.contains("a link leads out of"), "{kind:?}");
        }
        failure(&fixture, ItemType::AgentsMd, Some("repo"));
        assert_eq!(fixture.files(), before);
    }

    #[test]
    fn links_of_the_user_are_followed_in_the_home() {
        let fixture = Fixture::new();
        fixture
            .write("dotfiles/CLAUDE.md", "hi")
            .write("dotfiles/skills/a/SKILL.md", "a")
            .write("dotfiles/config.toml", "# mine\n");
        fixture.json("user/.claude/settings.json", json!({"env": {"A": "1"}}));
        for name in ["CLAUDE.md", "skills"] {
            symlink(fixture.root.join("dotfiles").join(name), fixture.root.join("user/.claude").join(name)).unwrap();
        }
        symlink(fixture.root.join("dotfiles/config.toml"), fixture.root.join("user/.codex/config.toml")).unwrap();
        assert!(fixture.import_all().iter().all(|result| result.failures.is_empty()));
        assert_eq!(fixture.read("user/.codex/AGENTS.md"), "hi");
        assert_eq!(fixture.read("user/.agents/skills/a/SKILL.md"), "a");
        assert!(fixture.read("dotfiles/config.toml").starts_with("# mine\n\n[shell_environment_policy]"));
    }
}
