//! The features that take a table, and the keys of these tables.

use toml::{Table, Value};

/// The type of a setting.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Bool,
    Int,
    Number,
    Str,
    Ints,
    Strs,
}

/// Keys beyond `enabled`, by feature.
const SETTINGS: &[(&str, &[(&str, Kind)])] = &[
    ("apps_mcp_path_override", &[]),
    ("code_mode", &[("excluded_tool_namespaces", Kind::Strs), ("direct_only_tool_namespaces", Kind::Strs)]),
    ("code_mode_host", &[("disable_in_process_fallback", Kind::Bool)]),
    ("context_management", &[]),
    ("current_time_reminder", &[]),
    ("guardianv2", &[]),
    ("guardianv3", &[]),
    (
        "multi_agent_v2",
        &[
            ("max_concurrent_threads_per_session", Kind::Int),
            ("min_wait_timeout_ms", Kind::Int),
            ("max_wait_timeout_ms", Kind::Int),
            ("default_wait_timeout_ms", Kind::Int),
            ("usage_hint_text", Kind::Str),
            ("root_agent_usage_hint_text", Kind::Str),
            ("subagent_usage_hint_text", Kind::Str),
            ("subagent_developer_instructions", Kind::Str),
            ("multi_agent_mode_hint_text", Kind::Str),
            ("tool_namespace", Kind::Str),
            ("usage_hint_enabled", Kind::Bool),
            ("preserve_fork_prefix", Kind::Bool),
            ("hide_spawn_agent_metadata", Kind::Bool),
            ("expose_spawn_agent_model_overrides", Kind::Bool),
            ("wait_agent_enabled", Kind::Bool),
            ("disable_native_tools", Kind::Bool),
            ("disable_direct_message", Kind::Bool),
            ("message_board_in_memory", Kind::Bool),
            ("non_code_mode_only", Kind::Bool),
        ],
    ),
    ("network_proxy", &[]),
    (
        "rollout_budget",
        &[
            ("enforce_limit", Kind::Bool),
            ("limit_tokens", Kind::Int),
            ("reminder_at_remaining_tokens", Kind::Ints),
            ("sampling_token_weight", Kind::Number),
            ("prefill_token_weight", Kind::Number),
        ],
    ),
    ("sleep_tool", &[]),
    (
        "token_budget",
        &[
            ("reminder_threshold_tokens", Kind::Int),
            ("auto_compact_fallback_buffer_tokens", Kind::Int),
            ("reminder_message_template", Kind::Str),
            ("auto_compact_fallback_prompt", Kind::Str),
            ("use_history_notes_extension", Kind::Bool),
        ],
    ),
];

/// Features whose keys are not known here; their tables are taken as they are.
const OPEN: &[&str] = &[
    "apps_mcp_path_override",
    "context_management",
    "current_time_reminder",
    "guardianv2",
    "guardianv3",
    "network_proxy",
    "sleep_tool",
];

/// The settings of a feature; none when it is a mere switch.
pub(super) fn keys_of(feature: &str) -> Option<Keys> {
    SETTINGS.iter().find(|(name, _)| *name == feature).map(|(name, keys)| Keys { keys, open: OPEN.contains(name) })
}

/// What a table may hold.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    keys: &'static [(&'static str, Kind)],
    open: bool,
}

/// Whether every key of a table is known and of the right type.
pub(super) fn fits(table: &Table, keys: Keys) -> bool {
    table.iter().all(|(key, value)| {
        if key == "enabled" {
            return value.is_bool();
        }
        match keys.keys.iter().find(|(name, _)| name == key) {
            Some((_, kind)) => kind.fits(value),
            None => keys.open,
        }
    })
}

impl Kind {
    fn fits(self, value: &Value) -> bool {
        match self {
            Self::Bool => value.is_bool(),
            Self::Int => value.as_integer().is_some_and(|integer| integer >= 0),
            Self::Number => value.is_integer() || value.is_float(),
            Self::Str => value.is_str(),
            Self::Ints => is_array_of(value, Value::is_integer),
            Self::Strs => is_array_of(value, Value::is_str),
        }
    }
}

fn is_array_of(value: &Value, is_element: fn(&Value) -> bool) -> bool {
    value.as_array().is_some_and(|elements| elements.iter().all(is_element))
}
