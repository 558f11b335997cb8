//! A model's items as items on the wire.

use codex_app_server_protocol::v2::CreditsSnapshot;
use codex_app_server_protocol::v2::{
    MessagePhase, RateLimitSnapshot, RateLimitWindow, ThreadItem, ThreadItemKind, TokenUsageBreakdown, UserInput,
    WebSearchAction,
};
use codex_model_client::{OutputItemKind, RateLimits, Usage};
use serde_json::Value;

/// The limit that every account has.
const ACCOUNT_LIMIT: &str = "codex";

/// What an item of the model shows to clients.
pub(crate) struct Shown {
    pub(crate) id: String,
    /// The item as it begins, without its texts.
    pub(crate) begun: ThreadItemKind,
    /// The item with all that is known.
    pub(crate) whole: ThreadItemKind,
}

impl Shown {
    /// `None` for what clients are not shown.
    pub(crate) fn of(kind: &OutputItemKind) -> Option<Self> {
        match kind {
            OutputItemKind::Message { id, role, text, phase } if role == "assistant" => {
                let phase = phase.as_deref().and_then(message_phase);
                let message = |text: &str| agent_message(id.clone(), text.to_owned(), phase);
                Some(Self { id: id.clone(), begun: message(""), whole: message(text) })
            }
            OutputItemKind::Reasoning { id, summary, content, .. } => {
                let reasoning = |summary: Vec<String>, content: Vec<String>| ThreadItemKind::Reasoning {
                    id: id.clone(),
                    summary,
                    content,
                };
                Some(Self {
                    id: id.clone(),
                    begun: reasoning(Vec::new(), Vec::new()),
                    whole: reasoning(summary.clone(), content.clone()),
                })
            }
            OutputItemKind::WebSearchCall { id, action, .. } => {
                let search = |query: String, action| ThreadItemKind::WebSearch {
                    id: id.clone(),
                    query,
                    action: Some(action),
                    results: None,
                };
                let action = action.as_ref().map_or(WebSearchAction::Other, web_search_action);
                Some(Self {
                    id: id.clone(),
                    begun: search(String::new(), WebSearchAction::Other),
                    whole: search(web_search_query(&action), action),
                })
            }
            _ => None,
        }
    }
}

fn agent_message(id: String, text: String, phase: Option<MessagePhase>) -> ThreadItemKind {
    ThreadItemKind::AgentMessage {
        moderation: None,
        id,
        text,
        phase,
        memory_citation: None,
        delivery: None,
        questions: None,
    }
}

pub(crate) fn user_message(id: String, client_id: Option<String>, content: Vec<UserInput>, at_ms: i64) -> ThreadItem {
    let kind = ThreadItemKind::UserMessage { id, client_id, content };
    ThreadItem { kind, started_at_ms: Some(at_ms), completed_at_ms: Some(at_ms) }
}

fn message_phase(name: &str) -> Option<MessagePhase> {
    match name {
        "commentary" => Some(MessagePhase::Commentary),
        "partial_answer" => Some(MessagePhase::PartialAnswer),
        "final_answer" => Some(MessagePhase::FinalAnswer),
        _ => None,
    }
}

fn web_search_action(action: &Value) -> WebSearchAction {
    let text = |key: &str| action.get(key).and_then(Value::as_str).map(str::to_owned);
    match action.get("type").and_then(Value::as_str) {
        Some("search") => {
            let queries = action
                .get("queries")
                .and_then(Value::as_array)
                .map(|queries| queries.iter().filter_map(Value::as_str).map(str::to_owned).collect());
            WebSearchAction::Search { query: text("query"), queries }
        }
        Some("open_page") => WebSearchAction::OpenPage { url: text("url") },
        Some("find_in_page") => WebSearchAction::FindInPage { url: text("url"), pattern: text("pattern") },
        _ => WebSearchAction::Other,
    }
}

fn web_search_query(action: &WebSearchAction) -> String {
    let query = match action {
        WebSearchAction::Search { query, queries } => {
            query.clone().or_else(|| queries.as_ref().and_then(|queries| queries.first().cloned()))
        }
        WebSearchAction::OpenPage { url } | WebSearchAction::FindInPage { url, .. } => url.clone(),
        WebSearchAction::Other => None,
    };
    query.unwrap_or_default()
}

pub(crate) fn usage(usage: Usage) -> TokenUsageBreakdown {
    TokenUsageBreakdown {
        total_tokens: usage.total_tokens,
        input_tokens: usage.input_tokens,
        cached_input_tokens: usage.cached_input_tokens,
        cache_write_input_tokens: usage.cache_write_input_tokens,
        output_tokens: usage.output_tokens,
        reasoning_output_tokens: usage.reasoning_output_tokens,
    }
}

/// The limits that a response told of; those of the account, unknown, when it told of none.
pub(crate) fn rate_limits(limits: Option<&RateLimits>) -> RateLimitSnapshot {
    let window = |window: &codex_model_client::RateLimitWindow| RateLimitWindow {
        used_percent: window.used_percent,
        window_duration_mins: window.window_minutes,
        resets_at: window.resets_at,
    };
    RateLimitSnapshot {
        limit_id: Some(limits.map_or_else(|| ACCOUNT_LIMIT.to_owned(), |limits| limits.limit_id.clone())),
        limit_name: limits.and_then(|limits| limits.limit_name.clone()),
        normal_model_slug: None,
        primary: limits.and_then(|limits| limits.primary.as_ref()).map(window),
        secondary: limits.and_then(|limits| limits.secondary.as_ref()).map(window),
        credits: limits.and_then(|limits| limits.credits.as_ref()).map(|credits| CreditsSnapshot {
            has_credits: credits.has_credits,
            unlimited: credits.unlimited,
            balance: credits.balance.clone(),
        }),
        individual_limit: None,
        spend_control_reached: None,
        plan_type: None,
        rate_limit_reached_type: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_web_search_is_named_by_its_query_or_its_page() {
        for (action, query) in [
            (json!({ "type": "search", "query": "rust" }), "rust"),
            (json!({ "type": "search", "queries": ["a", "b"] }), "a"),
            (json!({ "type": "open_page", "url": "http://x" }), "http://x"),
            (json!({ "type": "find_in_page", "pattern": "p" }), ""),
            (json!({ "type": "new" }), ""),
            (json!("odd"), ""),
        ] {
            assert_eq!(web_search_query(&web_search_action(&action)), query, "{action}");
        }
    }

    #[test]
    fn messages_of_other_roles_are_not_shown() {
        let message = |role: &str| OutputItemKind::Message {
            id: "m".to_owned(),
            role: role.to_owned(),
            text: "t".to_owned(),
            phase: Some("final_answer".to_owned()),
        };
        assert!(Shown::of(&message("user")).is_none());
        let shown = Shown::of(&message("assistant")).unwrap();
        assert!(matches!(shown.begun, ThreadItemKind::AgentMessage { text, .. } if text.is_empty()));
    }
}
