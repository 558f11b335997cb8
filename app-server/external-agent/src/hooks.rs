//! Hooks: those of the settings that can run here become `hooks.json`, the scripts beside them are copied.

use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::error::ImportError;
use crate::files;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::settings;
use crate::shell_words::{quoted, words};

/// Events that can run hooks here, in the order in which they are written, and whether a matcher chooses among them.
const EVENTS: [(&str, bool); 11] = [
    ("PreToolUse", true),
    ("PermissionRequest", true),
    ("PostToolUse", true),
    ("PreCompact", true),
    ("PostCompact", true),
    ("SessionStart", true),
    ("SessionEnd", true),
    ("UserPromptSubmit", false),
    ("SubagentStart", true),
    ("SubagentStop", true),
    ("Stop", false),
];

/// Keys of a hook that are understood. One with others may mean something else than it would do here.
const HOOK_KEYS: [&str; 6] = ["type", "command", "timeout", "timeoutSec", "statusMessage", "async"];

/// Keys of a group of hooks that are understood.
const GROUP_KEYS: [&str; 2] = ["matcher", "hooks"];

/// The folder of scripts, here and there.
const SCRIPTS: &str = "hooks";

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let found = new_hooks(scope)?;
    Ok((!found.is_empty()).then(|| Offer {
        description: format!("Migrate hooks from {} to {}", scope.source.display(), target(scope).display()),
        names: Some(found.keys().cloned().collect()),
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let mut found = new_hooks(scope)?;
    if found.is_empty() {
        return Ok(Outcome::default());
    }
    let names: Vec<String> = found.keys().cloned().collect();
    let scripts = copy_scripts(scope)?;
    for groups in found.values_mut() {
        point_to(&scripts, groups);
    }
    let mut text = serde_json::to_string_pretty(&json!({"hooks": found}))
        .map_err(|error| ImportError::malformed(&target(scope), error))?;
    text.push('\n');
    match files::write_over_blank(&target(scope), text.as_bytes()) {
        Ok(()) => Ok(Outcome::named(names)),
        Err(ImportError::TargetExists(_)) => Ok(Outcome::default()),
        Err(error) => Err(error),
    }
}

fn target(scope: &Scope) -> PathBuf {
    scope.target.join("hooks.json")
}

/// The hooks to write, by event; nothing when there are hooks here already, in whatever form.
fn new_hooks(scope: &Scope) -> Result<Map<String, Value>, ImportError> {
    let settings = settings::files(scope)?;
    let is_off = settings.iter().filter_map(|file| file.get("disableAllHooks")).next_back() == Some(&Value::Bool(true));
    let found = if is_off { Map::new() } else { hooks_of(&settings) };
    if found.is_empty() || !scope.is_blank(&target(scope))? {
        return Ok(Map::new());
    }
    Ok(found)
}

fn hooks_of(settings: &[Map<String, Value>]) -> Map<String, Value> {
    let mut found = Map::new();
    for (event, has_matcher) in EVENTS {
        let groups: Vec<Value> = settings
            .iter()
            .filter_map(|file| file.get("hooks")?.get(event)?.as_array())
            .flatten()
            .filter_map(|group| group_of(group.as_object()?, has_matcher))
            .collect();
        if !groups.is_empty() {
            found.insert(event.to_owned(), Value::Array(groups));
        }
    }
    found
}

fn group_of(group: &Map<String, Value>, has_matcher: bool) -> Option<Value> {
    if group.keys().any(|key| !GROUP_KEYS.contains(&key.as_str())) {
        return None;
    }
    let hooks: Vec<Value> =
        group.get("hooks")?.as_array()?.iter().filter_map(|hook| hook_of(hook.as_object()?)).collect();
    if hooks.is_empty() {
        return None;
    }
    let mut here = Map::new();
    if let (true, Some(matcher @ Value::String(_))) = (has_matcher, group.get("matcher")) {
        here.insert("matcher".to_owned(), matcher.clone());
    }
    here.insert("hooks".to_owned(), Value::Array(hooks));
    Some(Value::Object(here))
}

/// A hook as it is written here; none when it runs no command, or in the background.
fn hook_of(hook: &Map<String, Value>) -> Option<Value> {
    if hook.keys().any(|key| !HOOK_KEYS.contains(&key.as_str())) {
        return None;
    }
    let is_command = hook.get("type").is_none_or(|kind| kind == "command");
    let is_waited_for = hook.get("async").is_none_or(|value| value == &Value::Bool(false));
    let command = hook.get("command")?.as_str().filter(|command| !command.trim().is_empty())?;
    if !is_command || !is_waited_for {
        return None;
    }
    let mut here = Map::new();
    here.insert("type".to_owned(), "command".into());
    here.insert("command".to_owned(), command.into());
    let seconds = |value: &Value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
    if let Some(timeout) = hook.get("timeout").or_else(|| hook.get("timeoutSec")).and_then(seconds) {
        here.insert("timeout".to_owned(), timeout.into());
    }
    if let Some(message @ Value::String(_)) = hook.get("statusMessage") {
        here.insert("statusMessage".to_owned(), message.clone());
    }
    Some(Value::Object(here))
}

/// The scripts that are here now, and how commands name them.
struct Scripts {
    /// What stands before the name of a script in commands.
    prefixes: Vec<String>,
    source: PathBuf,
    target: PathBuf,
}

/// Copies the scripts that are missing here.
fn copy_scripts(scope: &Scope) -> Result<Scripts, ImportError> {
    let (source, target) = (scope.source.join(SCRIPTS), scope.target.join(SCRIPTS));
    scope.confine(&source)?;
    scope.confine(&target)?;
    if files::metadata(&source)?.is_some_and(|metadata| metadata.is_dir()) {
        if files::is_free(&target)? {
            files::copy_folder(&source, &target, |_, _| None)?;
        } else {
            for (name, kind) in files::entries(&source)? {
                let (from, to) = (source.join(&name), target.join(&name));
                if !files::is_free(&to)? {
                    continue;
                }
                match kind {
                    files::Kind::Folder => files::copy_folder(&from, &to, |_, _| None)?,
                    files::Kind::File => files::copy_file(&from, &to)?,
                }
            }
        }
    }
    let below = format!("{}/{SCRIPTS}/", scope.source.file_name().and_then(|name| name.to_str()).unwrap_or_default());
    let mut prefixes: Vec<String> = ["", "./", "$CLAUDE_PROJECT_DIR/", "${CLAUDE_PROJECT_DIR}/"]
        .iter()
        .map(|start| format!("{start}{below}"))
        .collect();
    if scope.is_home() {
        prefixes.extend(["~/", "$HOME/", "${HOME}/"].iter().map(|start| format!("{start}{below}")));
    }
    prefixes.push(format!("{}/", source.display()));
    Ok(Scripts { prefixes, source, target })
}

impl Scripts {
    /// The copy of a script that a word of a command names; none when there is no such copy.
    fn copy_of(&self, word: &str) -> Option<PathBuf> {
        let name = Path::new(self.prefixes.iter().find_map(|prefix| word.strip_prefix(prefix.as_str()))?);
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let (from, to) = (self.source.join(name), self.target.join(name));
        // Another script may have been here under this name.
        files::is_same(&from, &to).then_some(to)
    }
}

/// Lets the commands of groups run the copies of scripts.
fn point_to(scripts: &Scripts, groups: &mut Value) {
    let hooks = groups.as_array_mut().into_iter().flatten().filter_map(|group| group.get_mut("hooks")?.as_array_mut());
    for hook in hooks.flatten() {
        if let Some(Value::String(command)) = hook.get_mut("command") {
            let mut moved = command.clone();
            for word in words(command).into_iter().rev() {
                if let Some(copy) = scripts.copy_of(&word.text).as_deref().and_then(Path::to_str) {
                    moved.replace_range(word.range, &quoted(copy));
                }
            }
            *command = moved;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hooks(settings: Value) -> Value {
        Value::Object(hooks_of(&[json!({ "hooks": settings }).as_object().unwrap().clone()]))
    }

    #[test]
    fn events_come_in_their_order_and_unknown_ones_not_at_all() {
        let group = json!([{"matcher": "m", "hooks": [{"type": "command", "command": "c"}]}]);
        let found = hooks(json!({"Stop": group, "Notification": group, "PreToolUse": group}));
        let text = serde_json::to_string(&found).unwrap();
        assert_eq!(
            text,
            r#"{"PreToolUse":[{"matcher":"m","hooks":[{"type":"command","command":"c"}]}],"Stop":[{"hooks":[{"type":"command","command":"c"}]}]}"#
        );
    }

    #[test]
    fn hooks_that_mean_something_else_are_left_out() {
        for hook in [
            json!({"type": "prompt", "command": "c"}),
            json!({"type": "command"}),
            json!({"type": "command", "command": " "}),
            json!({"type": "command", "command": "c", "async": true}),
            json!({"type": "command", "command": "c", "if": "x"}),
            json!("c"),
        ] {
            let found = hooks(json!({"Stop": [{"hooks": [hook]}]}));
            assert_eq!(found, json!({}), "{hook}");
        }
        let hook = json!({"type": "command", "command": "c"});
        assert_eq!(hooks(json!({"Stop": [{"if": "x", "hooks": [hook]}, {"hooks": []}, {}, 5]})), json!({}));
    }

    #[test]
    fn a_hook_keeps_what_is_understood() {
        let found = hooks(json!({"PreToolUse": [{"matcher": 5, "hooks": [
            {"command": "a", "timeout": "7", "statusMessage": "s", "async": false},
            {"command": "b", "timeoutSec": 9},
            {"command": "c", "timeout": 1.5},
        ]}]}));
        assert_eq!(
            found,
            json!({"PreToolUse": [{"hooks": [
                {"type": "command", "command": "a", "timeout": 7, "statusMessage": "s"},
                {"type": "command", "command": "b", "timeout": 9},
                {"type": "command", "command": "c"},
            ]}]})
        );
    }
}
