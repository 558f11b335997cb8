//! What the model is asked: the request of one sampling step.

use std::sync::Arc;

use codex_app_server_protocol::v2::{ReasoningSummary, SandboxPolicy};
use codex_model_client::{ModelRequest, ReasoningOptions, RequestIdentity, TextOptions};
use serde_json::json;
use serde_json::value::RawValue;

use super::compact::Compaction;
use super::run::Work;
use crate::tools::wire_forms;

impl Work {
    /// The request for what the model has not answered yet; it counts as seen from here on.
    pub(super) fn request(&self) -> Result<ModelRequest, serde_json::Error> {
        let (thread, turn) = (&self.thread, &self.turn);
        let settings = &turn.settings;
        let identity = self.identity(None);
        Ok(ModelRequest {
            model: settings.model.clone(),
            input: thread.conversation().sample(&thread.prompt.item),
            tools: wire_forms(&self.offered, &thread.dynamic_tools, turn, &thread.config())?,
            parallel_tool_calls: turn.model.info.parallel_tool_calls(),
            reasoning: self.reasoning(),
            service_tier: settings.service_tier.clone(),
            text: self.text(),
            client_metadata: identity.client_metadata(&turn.id, &turn.root_id),
            identity,
        })
    }

    /// The request for a summary of the history; the `shed` oldest items are left out.
    pub(super) fn summary_request(&self, compaction: Compaction, shed: usize, ask: Arc<RawValue>) -> ModelRequest {
        let (thread, turn) = (&self.thread, &self.turn);
        let identity = self.identity(Some(compaction));
        ModelRequest {
            model: turn.settings.model.clone(),
            input: thread.conversation().to_sum_up(&thread.prompt.item, shed, ask),
            tools: Vec::new(),
            parallel_tool_calls: false,
            reasoning: self.reasoning(),
            service_tier: turn.settings.service_tier.clone(),
            text: self.text(),
            client_metadata: identity.client_metadata(&turn.id, &turn.root_id),
            identity,
        }
    }

    fn reasoning(&self) -> Option<ReasoningOptions> {
        let summary = match self.summary() {
            ReasoningSummary::None => None,
            ReasoningSummary::Auto => Some("auto"),
            ReasoningSummary::Concise => Some("concise"),
            ReasoningSummary::Detailed => Some("detailed"),
        };
        let options = ReasoningOptions { effort: self.effort(), summary: summary.map(str::to_owned), context: None };
        (options != ReasoningOptions::default()).then_some(options)
    }

    fn effort(&self) -> Option<String> {
        let chosen = self.turn.settings.effort.as_ref().map(|effort| effort.as_str().to_owned());
        chosen.or_else(|| self.turn.model.info.default_reasoning_level.clone())
    }

    /// How much of the reasoning is asked for: what was chosen, else the model's own way.
    pub(super) fn summary(&self) -> ReasoningSummary {
        let own = || match self.turn.model.info.default_reasoning_summary.as_str() {
            "concise" => ReasoningSummary::Concise,
            "detailed" => ReasoningSummary::Detailed,
            "none" => ReasoningSummary::None,
            _ => ReasoningSummary::Auto,
        };
        self.turn.settings.summary.unwrap_or_else(own)
    }

    fn text(&self) -> Option<TextOptions> {
        let info = &self.turn.model.info;
        let chosen = self.turn.settings.verbosity.map(|verbosity| {
            match verbosity {
                codex_config_loader::Verbosity::Low => "low",
                codex_config_loader::Verbosity::Medium => "medium",
                codex_config_loader::Verbosity::High => "high",
            }
            .to_owned()
        });
        let verbosity = if info.support_verbosity { chosen.or_else(|| info.default_verbosity.clone()) } else { None };
        let options = TextOptions { verbosity, output_schema: self.turn.output_schema.clone() };
        (options != TextOptions::default()).then_some(options)
    }

    fn identity(&self, compaction: Option<Compaction>) -> RequestIdentity {
        let (thread, turn) = (&self.thread, &self.turn);
        let installation_id = thread.identity.installation_id();
        let window = thread.conversation().window().clone();
        let window_id = format!("{}:{}", thread.id, window.number);
        let sandbox_mode = match turn.settings.sandbox_policy {
            SandboxPolicy::DangerFullAccess => "danger-full-access",
            SandboxPolicy::ReadOnly { .. } => "read-only",
            SandboxPolicy::WorkspaceWrite { .. } => "workspace-write",
            SandboxPolicy::ExternalSandbox { .. } => "external-sandbox",
        };
        let confines = !matches!(sandbox_mode, "danger-full-access" | "external-sandbox");
        let sandbox = if confines && cfg!(target_os = "linux") { "seccomp" } else { "none" };
        let mut metadata = json!({
            "installation_id": installation_id,
            "session_id": &*thread.id,
            "thread_id": &*thread.id,
            "agent_name": "/root",
            "turn_id": turn.id,
            "window_id": window_id,
            "window_number": window.number,
            "context_window_id": window.id,
            "request_kind": if compaction.is_some() { "compaction" } else { "turn" },
            "history_initialization": thread.origin.initialization(),
            "root_turn_id": turn.root_id,
            "sandbox": sandbox,
            "sandbox_mode": sandbox_mode,
            "auto_review_enabled": false,
            "turn_started_at_unix_ms": turn.started_at_ms,
            "analytics_enabled": false,
            "model": turn.settings.model,
        });
        if let Some(effort) = self.effort() {
            metadata["reasoning_effort"] = effort.into();
        }
        if let Some(compaction) = compaction {
            metadata["compaction"] = compaction.metadata();
        }
        if let Some((thread_id, ordinal)) = thread.origin.forked_from() {
            metadata["forked_from_thread_id"] = thread_id.into();
            if let Some(ordinal) = ordinal {
                metadata["forked_from_ordinal_exclusive"] = ordinal.into();
            }
        }
        RequestIdentity {
            thread_id: thread.id.to_string(),
            session_id: thread.id.to_string(),
            window_id,
            turn_metadata: ascii(&metadata.to_string()),
            originator: thread.identity.originator(),
            user_agent: thread.identity.user_agent(),
            installation_id,
            subagent: None,
            residency: thread.config().enforce_residency.map(|residency| residency.as_str().to_owned()),
        }
    }
}

/// JSON that can stand in a header: what is not ASCII can only be inside of strings, and is escaped.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_says_the_same() {
        let value = json!({ "a": "é𝄞\n" });
        let text = ascii(&value.to_string());
        assert!(text.is_ascii());
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
