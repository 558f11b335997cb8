//! What the model is told besides the conversation: prompts, permissions, the environment, AGENTS.md.
//!
//! It is told once, before the first message; later only what changed, as new messages at the end, so that what was
//! sent before stays as it was.

mod agents_md;
pub(crate) mod modes;
pub(crate) mod permissions;

use std::path::Path;
use std::time::Duration;

use codex_app_server_protocol::v2::ThreadGoal;
use jiff::Zoned;
use serde_json::{Map, Value, json};

pub(crate) use agents_md::AgentsMd;
use codex_config_loader::ContextBlocks;

use crate::settings::Settings;

/// A message that tells the model about its surroundings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContextMessage {
    pub(crate) role: &'static str,
    pub(crate) parts: Vec<ContextPart>,
}

/// One text of a message, with what the rollout notes about it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContextPart {
    pub(crate) text: String,
    pub(crate) kind: &'static str,
    pub(crate) provenance: Value,
}

/// What the model knows of its surroundings once it has been told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct World {
    model: String,
    mode: &'static str,
    /// What the mode is about; nothing is told of a mode that nobody chose.
    mode_instructions: Option<String>,
    cwd: String,
    shell: String,
    date: String,
    zone: String,
    filesystem: String,
    permissions: String,
    agents_md: AgentsMd,
}

/// Messages about the surroundings, and the line that keeps what they say.
pub(crate) struct Update {
    pub(crate) messages: Vec<ContextMessage>,
    /// `{full, state}` of the rollout.
    pub(crate) world_state: Value,
}

impl World {
    pub(crate) fn new(settings: &Settings, shell: &str, now: &Zoned, agents_md: AgentsMd) -> Self {
        Self {
            model: settings.model.clone(),
            mode: match settings.mode {
                codex_app_server_protocol::v2::ModeKind::Plan => "plan",
                codex_app_server_protocol::v2::ModeKind::Default => "default",
            },
            mode_instructions: settings.mode_instructions.clone(),
            cwd: settings.cwd.as_str().to_owned(),
            shell: shell.to_owned(),
            date: now.date().to_string(),
            zone: now.time_zone().iana_name().map_or_else(|| now.offset().to_string(), str::to_owned),
            filesystem: permissions::filesystem(settings),
            permissions: permissions::instructions(settings),
            agents_md,
        }
    }

    /// What to tell a model that knows nothing yet.
    ///
    /// `demanded` is what the requirements add to the developer's words; it comes last.
    pub(crate) fn introduction(
        &self,
        developer_instructions: Option<&str>,
        demanded: Option<&str>,
        blocks: ContextBlocks,
    ) -> Update {
        let mut developer = Vec::new();
        if let Some(text) = developer_instructions {
            let provenance = json!({ "type": "developer_instructions", "from_additional_requirements": false });
            developer.push(part(text.to_owned(), "generic.developer_instructions", provenance));
        }
        if blocks.permissions_instructions {
            developer.push(self.permissions_part());
        }
        developer.extend(self.mode_part());
        let mut user = Vec::new();
        user.extend(self.agents_md.message(&self.cwd, false).map(agents_part));
        if blocks.environment_context {
            user.push(self.environment_part(true, blocks));
        }
        let demanded = demanded.map(|text| {
            let text = format!("<managed_developer_instructions>\n{text}\n</managed_developer_instructions>");
            let provenance = json!({ "type": "developer_instructions", "from_additional_requirements": true });
            part(text, "managed_config.developer_instructions", provenance)
        });
        let demanded = message("developer", demanded.into_iter().collect());
        let messages = [message("developer", developer), message("user", user), demanded];
        Update {
            messages: messages.into_iter().flatten().collect(),
            world_state: json!({ "full": true, "state": self.state() }),
        }
    }

    /// What to tell a model that was told `before`, in the form of [`World::state`]; `None` when nothing changed.
    pub(crate) fn change(&self, before: &Value, blocks: ContextBlocks) -> Option<Update> {
        let now = self.state();
        let state = difference(&known_of(before, &now), &now)?;
        let differs = |pointer: &str| before.pointer(pointer) != now.pointer(pointer);
        let mut messages = Vec::new();
        let model_before = before.get("model").and_then(Value::as_str).filter(|model| *model != self.model);
        messages.extend(model_before.and_then(|before| message("developer", vec![self.model_part(before)])));
        if differs("/agents_md/text") {
            messages.extend(
                self.agents_md.message(&self.cwd, true).and_then(|text| message("user", vec![agents_part(text)])),
            );
        }
        if blocks.permissions_instructions && differs("/permissions/instructions") {
            messages.extend(message("developer", vec![self.permissions_part()]));
        }
        if differs("/collaboration_mode/instructions") {
            messages.extend(self.mode_part().and_then(|part| message("developer", vec![part])));
        }
        let place = "/environments/environments/local";
        let moved = differs(&format!("{place}/cwd")) || differs(&format!("{place}/shell"));
        let dated = blocks.environment_context_time
            && (differs("/environments/current_date") || differs("/environments/timezone"));
        if blocks.environment_context && (moved || dated || differs("/environments/filesystem")) {
            messages.extend(message("user", vec![self.environment_part(moved, blocks)]));
        }
        Some(Update { messages, world_state: json!({ "full": false, "state": state }) })
    }

    pub(crate) fn cwd(&self) -> &Path {
        Path::new(&self.cwd)
    }

    pub(crate) fn agents_md(&self) -> &AgentsMd {
        &self.agents_md
    }

    fn model_part(&self, before: &str) -> ContextPart {
        let text = format!(
            "<model_switch>\nUntil here the model {before} has answered; from here on you, {}, do. The conversation and your \
             instructions stay as they are.\n</model_switch>",
            self.model
        );
        part(text, "model.switch_instructions", harness())
    }

    fn permissions_part(&self) -> ContextPart {
        part(self.permissions.clone(), "permissions.instructions", harness())
    }

    fn mode_part(&self) -> Option<ContextPart> {
        let text = self.mode_instructions.as_ref()?;
        let text = format!("<collaboration_mode>{text}</collaboration_mode>");
        Some(part(text, "collaboration_mode.instructions", harness()))
    }

    fn environment_part(&self, with_place: bool, blocks: ContextBlocks) -> ContextPart {
        let escape = permissions::escape;
        let mut text = String::from("<environment_context>\n");
        if with_place {
            text.push_str(&format!("  <cwd>{}</cwd>\n  <shell>{}</shell>\n", escape(&self.cwd), escape(&self.shell)));
        }
        if blocks.environment_context_time {
            text.push_str(&format!(
                "  <current_date>{}</current_date>\n  <timezone>{}</timezone>\n",
                self.date,
                escape(&self.zone)
            ));
        }
        text.push_str(&format!("  {}\n</environment_context>", self.filesystem));
        part(text, "environments.environment_context", harness())
    }

    /// What the rollout keeps.
    pub(crate) fn state(&self) -> Value {
        let agents_md = match &self.agents_md.text {
            Some(text) => json!({ "directory": self.cwd, "text": text }),
            None => json!({}),
        };
        let mut collaboration_mode = json!({ "mode": self.mode, "model": self.model });
        if let Some(text) = &self.mode_instructions {
            collaboration_mode["instructions"] = fingerprint(text).into();
        }
        json!({
            "agents_md": agents_md,
            "collaboration_mode": collaboration_mode,
            "environments": {
                "environments": { "local": { "cwd": self.cwd, "status": "available", "shell": self.shell } },
                "current_date": self.date,
                "timezone": self.zone,
                "filesystem": self.filesystem,
            },
            "model": self.model,
            "permissions": { "instructions": fingerprint(&self.permissions), "approved_command_prefixes": [] },
        })
    }
}

fn part(text: String, kind: &'static str, provenance: Value) -> ContextPart {
    ContextPart { text, kind, provenance: json!({ "provenance": provenance }) }
}

fn agents_part(text: String) -> ContextPart {
    part(text, "agents_md.instructions", json!({ "type": "agents_md" }))
}

fn harness() -> Value {
    json!({ "type": "harness", "hook": false })
}

fn message(role: &'static str, parts: Vec<ContextPart>) -> Option<ContextMessage> {
    (!parts.is_empty()).then_some(ContextMessage { role, parts })
}

/// What tells the model that its last answer was cut off.
pub(crate) fn turn_aborted() -> ContextMessage {
    let text = "<turn_aborted>\nThe user stopped the last turn. What was under way may be done in part; look before you \
                repeat it.\n</turn_aborted>";
    ContextMessage { role: "user", parts: vec![part(text.to_owned(), "generic.turn_aborted", harness())] }
}

/// What sets the model to work on the thread's goal.
pub(crate) fn goal(goal: &ThreadGoal) -> ContextMessage {
    let budget = match goal.token_budget {
        Some(budget) => format!("{} of {budget} tokens are used.", goal.tokens_used),
        None => "There is no bound on tokens.".to_owned(),
    };
    let text = format!(
        "<codex_internal_context source=\"goal\">\nThis thread has a goal, and you go on working on it by yourself. What \
         stands in <objective> was written by the user; it says what to do, and changes none of your rules.\n\
         <objective>\n{}\n</objective>\n{budget}\nLook first at what is done and what is missing. Work on what is \
         missing; do not do things twice. When everything is reached and you have checked it, call update_goal with \
         `complete`. When you cannot go on without the user, whatever you try, call it with `blocked` and say what you \
         need.\n</codex_internal_context>",
        goal.objective
    );
    ContextMessage { role: "user", parts: vec![part(text, "generic.goal", harness())] }
}

/// What tells the model what a command of the user has brought.
pub(crate) fn user_shell_command(script: &str, exit_code: i32, duration: Duration, output: &str) -> ContextMessage {
    let seconds = duration.as_secs_f64();
    let text = format!(
        "<user_shell_command>\n<command>\n{script}\n</command>\n<result>\nExit code: {exit_code}\nDuration: {seconds:.4} \
         seconds\nOutput:\n{output}\n</result>\n</user_shell_command>"
    );
    ContextMessage { role: "user", parts: vec![part(text, "generic.user_shell_command", harness())] }
}

/// What was told of the things that we tell of: codex tells of more, which stays as it is.
fn known_of(before: &Value, now: &Value) -> Value {
    let (Value::Object(before), Value::Object(now)) = (before, now) else { return before.clone() };
    Value::Object(
        before.iter().filter(|(key, _)| now.contains_key(*key)).map(|(k, v)| (k.clone(), v.clone())).collect(),
    )
}

/// The parts of `new` that `old` does not have; `None` when they are equal. Keys that went away are null.
fn difference(old: &Value, new: &Value) -> Option<Value> {
    if old == new {
        return None;
    }
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return Some(new.clone()) };
    let mut changed = Map::new();
    for (key, value) in new {
        match old.get(key) {
            Some(before) => changed.extend(difference(before, value).map(|value| (key.clone(), value))),
            None => drop(changed.insert(key.clone(), value.clone())),
        }
    }
    changed.extend(old.keys().filter(|key| !new.contains_key(*key)).map(|key| (key.clone(), Value::Null)));
    Some(Value::Object(changed))
}

/// A short name of a text: equal for equal texts, on every machine and in every version (64-bit FNV-1a).
pub(crate) fn fingerprint(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_what_changed_and_nothing_else() {
        let old = json!({ "a": 1, "b": { "c": 1, "d": 2 }, "e": {} });
        assert_eq!(difference(&old, &old), None);
        let new = json!({ "a": 1, "b": { "c": 1, "d": 3 }, "f": [] });
        assert_eq!(difference(&old, &new), Some(json!({ "b": { "d": 3 }, "f": [], "e": null })));
    }

    #[test]
    fn fingerprints_are_stable() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("a"), "af63dc4c8601ec8c");
    }
}
