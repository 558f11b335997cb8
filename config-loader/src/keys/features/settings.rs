//! The features that take a table, and the keys of these tables.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Table;

use super::super::permissions::{NetworkDomainPermissionsToml, NetworkMode, NetworkUnixSocketPermissionsToml};

/// The settings of a feature.
pub(super) trait Settings {
    /// Whether the table switches the feature; none when it does not say.
    fn enabled(&self) -> Option<bool>;
}

/// Declares a table of settings: every key is optional, and `enabled` is the feature's switch where there is one.
macro_rules! settings {
    ($(#[$meta:meta])* $name:ident switched { $($keys:tt)* }) => {
        settings! { @table $(#[$meta])* $name {
            /// Whether the feature is on.
            enabled: bool,
            $($keys)*
        } }

        impl Settings for $name {
            fn enabled(&self) -> Option<bool> {
                self.enabled
            }
        }
    };
    ($(#[$meta:meta])* $name:ident { $($keys:tt)* }) => {
        settings! { @table $(#[$meta])* $name { $($keys)* } }

        impl Settings for $name {
            fn enabled(&self) -> Option<bool> {
                None
            }
        }
    };
    (@table $(#[$meta:meta])* $name:ident { $($(#[$key_meta:meta])* $key:ident: $type:ty,)* }) => {
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        $(#[$meta])*
        pub struct $name {
            $(
                $(#[$key_meta])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $key: Option<$type>,
            )*
        }
    };
}

settings! {
    /// Sub-agents that talk to each other.
    #[serde(deny_unknown_fields)]
    MultiAgentV2ConfigToml switched {
        /// Sub-agents that may run at the same time in a session; at least 1.
        #[schemars(range(min = 1))]
        max_concurrent_threads_per_session: usize,
        /// Shortest wait for a sub-agent, in milliseconds; 0 to 3600000.
        #[schemars(range(min = 0, max = 3_600_000))]
        min_wait_timeout_ms: i64,
        /// Longest wait for a sub-agent, in milliseconds; 0 to 3600000.
        #[schemars(range(min = 0, max = 3_600_000))]
        max_wait_timeout_ms: i64,
        /// Wait for a sub-agent when none is named, in milliseconds; between the other two.
        #[schemars(range(min = 0, max = 3_600_000))]
        default_wait_timeout_ms: i64,
        /// Whether agents are told how to use each other.
        usage_hint_enabled: bool,
        /// That hint.
        usage_hint_text: String,
        /// That hint for the first agent.
        root_agent_usage_hint_text: String,
        /// That hint for sub-agents.
        subagent_usage_hint_text: String,
        /// Developer message of sub-agents.
        subagent_developer_instructions: String,
        /// Whether a forked agent keeps the beginning of the conversation.
        preserve_fork_prefix: bool,
        /// Hint about the mode.
        multi_agent_mode_hint_text: String,
        /// Namespace of the tools.
        tool_namespace: String,
        /// Whether data about a started agent is kept from the model.
        hide_spawn_agent_metadata: bool,
        /// Whether the model may choose the model of a sub-agent.
        expose_spawn_agent_model_overrides: bool,
        /// Whether there is a tool that waits.
        wait_agent_enabled: bool,
        /// Whether tools of the model's own are left out.
        disable_native_tools: bool,
        /// Whether agents cannot write to each other directly.
        disable_direct_message: bool,
        /// Whether the message board is kept in memory.
        message_board_in_memory: bool,
        /// A message board elsewhere; taken as it is.
        #[schemars(with = "Option<BTreeMap<String, serde_json::Value>>")]
        message_board_remote: Table,
        /// Whether code mode gets none of it.
        non_code_mode_only: bool,
    }
}

settings! {
    /// The network proxy of the sandbox.
    #[serde(deny_unknown_fields)]
    NetworkProxyConfigToml switched {
        /// Whether credentials are brokered.
        credential_broker: bool,
        /// Credentials by a name of one's own.
        credentials: BTreeMap<String, NetworkProxyCredentialToml>,
        /// Address of the HTTP proxy.
        proxy_url: String,
        /// Whether there is a SOCKS5 proxy too.
        enable_socks5: bool,
        /// Address of the SOCKS5 proxy.
        socks_url: String,
        /// Whether it carries UDP.
        enable_socks5_udp: bool,
        /// Whether a further proxy may stand behind it.
        allow_upstream_proxy: bool,
        /// Whether the proxy may listen on other than loopback addresses.
        dangerously_allow_non_loopback_proxy: bool,
        /// Whether every unix socket may be used.
        dangerously_allow_all_unix_sockets: bool,
        /// How much of the network is let through.
        mode: NetworkMode,
        /// Host pattern to decision.
        domains: NetworkDomainPermissionsToml,
        /// Unix socket path to decision.
        unix_sockets: NetworkUnixSocketPermissionsToml,
        /// Whether local ports may be opened.
        allow_local_binding: bool,
    }
}

/// Credentials that the proxy puts into requests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NetworkProxyCredentialToml {
    /// Environment variables with the credential.
    pub env: Vec<String>,
    /// Patterns of the credential.
    pub patterns: Vec<String>,
    /// Beginnings of the URLs it is for.
    pub url_prefixes: Vec<String>,
    /// Ways to authorize.
    pub auth: Vec<String>,
    /// Header it is put into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

settings! {
    /// An address of the apps server; has no effect any more.
    #[serde(deny_unknown_fields)]
    RemovedAppsMcpPathOverrideConfigToml switched {
        /// The path.
        path: String,
    }
}

settings! {
    /// Tools as functions that the model calls from code.
    #[serde(deny_unknown_fields)]
    CodeModeConfigToml switched {
        /// Milliseconds after which a running cell gives back what it has.
        default_exec_yield_time_ms: u64,
        /// Whether the cost of a cell is shown.
        experimental_show_cell_overhead: bool,
        /// Namespaces of tools that code does not get.
        excluded_tool_namespaces: Vec<String>,
        /// Namespaces of tools that only requests get.
        direct_only_tool_namespaces: Vec<String>,
    }
}

settings! {
    /// The process that runs code mode.
    #[serde(deny_unknown_fields)]
    CodeModeHostConfigToml switched {
        /// Whether there is no falling back to the server's own process.
        disable_in_process_fallback: bool,
    }
}

settings! {
    /// A budget of tokens for a thread.
    #[serde(deny_unknown_fields)]
    RolloutBudgetConfigToml switched {
        /// Whether the thread ends at the limit.
        enforce_limit: bool,
        /// Tokens in all; needed when the feature is on.
        limit_tokens: i64,
        /// Tokens left at which the model is reminded; needed when the feature is on.
        reminder_at_remaining_tokens: Vec<i64>,
        /// What a token of an answer counts.
        sampling_token_weight: f64,
        /// What a token of a request counts.
        prefill_token_weight: f64,
    }
}

settings! {
    /// Reminders of how much of the context window is left.
    #[serde(deny_unknown_fields)]
    TokenBudgetConfigToml switched {
        /// Whether notes about the history are kept.
        use_history_notes_extension: bool,
        /// Tokens left at which the model is reminded.
        reminder_threshold_tokens: i64,
        /// Text of the reminder.
        reminder_message_template: String,
        /// Text of the guidance at the beginning.
        guidance_message: String,
        /// Prompt of compaction when the model does not do it itself.
        auto_compact_fallback_prompt: String,
        /// Tokens kept free for it; needed with the prompt.
        auto_compact_fallback_buffer_tokens: i64,
    }
}

settings! {
    /// What of the context is kept.
    #[serde(deny_unknown_fields)]
    ContextManagementConfigToml {
        /// Whether the experimental form is used.
        experimental_mode: bool,
    }
}

settings! {
    /// Reminders of the current time.
    #[serde(deny_unknown_fields)]
    CurrentTimeReminderConfigToml switched {
        /// Seconds between two reminders.
        reminder_interval_seconds: u64,
        /// Whose clock it is.
        clock_source: ClockSource,
        /// When a reminder is put in.
        delivery_mode: ReminderDeliveryMode,
        /// Whether there is a tool that sleeps.
        sleep_tool: bool,
    }
}

/// Whose clock it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockSource {
    /// The server's.
    System,
    /// The client's.
    External,
}

/// When a reminder of the time is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReminderDeliveryMode {
    /// Before any request.
    AnyInference,
    /// Behind what the user or a tool said.
    AfterUserOrToolOutput,
}

settings! {
    /// The automatic reviewer, second form. Further keys are taken as they are.
    GuardianV2ConfigToml switched {
        /// Score from which an action is refused; 0 to 1.
        #[schemars(range(min = 0, max = 1))]
        review_threshold: f64,
        /// Whether the conversation is shortened section by section.
        sync_elastic_budgeting: bool,
        /// Token limits of a conversation's sections; needed with `sync_elastic_budgeting`.
        #[schemars(with = "Option<BTreeMap<String, serde_json::Value>>")]
        sync_elastic_sections: Table,
        /// Tokens of the conversation that a review in the background sees; more than 0.
        #[schemars(range(min = 1))]
        async_classifier_conversation_token_limit: usize,
        /// Whether the reviewer may look around.
        free_guardian: bool,
        /// Whether it sees the thread's context.
        thread_context: bool,
        /// Whether scores are kept.
        persist_scores: bool,
        /// Instructions of the classifier.
        classifier_instructions: String,
        /// Calls of tools that may run ahead of a review.
        max_tool_call_lag: usize,
        /// Tokens of the action that are shown; 100 to 100000.
        #[schemars(range(min = 100, max = 100_000))]
        max_action_tokens: usize,
        /// Tokens of the instructions; 100 to 100000.
        #[schemars(range(min = 100, max = 100_000))]
        max_classifier_instruction_tokens: usize,
        /// Whether the thread's own compaction is used.
        reuse_parent_compaction: bool,
        /// Tokens of that compaction; 100 to 100000.
        #[schemars(range(min = 100, max = 100_000))]
        max_parent_compaction_tokens: usize,
        /// What is reviewed.
        review_scope: GuardianV2ReviewScopeConfigToml,
        /// What of the conversation is shown.
        transcript: GuardianV2TranscriptConfigToml,
    }
}

/// What the automatic reviewer reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardianV2ReviewScopeConfigToml {
    /// Only the computer tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computer_use_only: Option<bool>,
    /// Commands in the sandbox too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandboxed_exec_commands: Option<bool>,
}

/// What the automatic reviewer sees of the conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuardianV2TranscriptConfigToml {
    /// Parts beyond the messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<GuardianV2TranscriptSource>>,
    /// Images too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_images: Option<bool>,
    /// Tokens of one message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_message_entry_tokens: Option<usize>,
    /// Tokens of one call of a tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tool_entry_tokens: Option<usize>,
    /// Tokens of all messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_message_transcript_tokens: Option<usize>,
    /// Tokens of all calls of tools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tool_transcript_tokens: Option<usize>,
    /// Latest entries that are not the user's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_recent_non_user_entries: Option<usize>,
}

/// A part of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GuardianV2TranscriptSource {
    /// Calls of tools.
    ToolCalls,
    /// What tools answered.
    ToolOutputs,
    /// Reasoning.
    Reasoning,
}

settings! {
    /// The automatic reviewer, third form.
    #[serde(deny_unknown_fields)]
    GuardianV3ConfigToml switched {}
}

settings! {
    /// The tool that sleeps. Further keys are taken as they are.
    SleepToolConfigToml switched {}
}

settings! {
    /// Compaction beside the conversation.
    #[serde(deny_unknown_fields)]
    AsyncCompactionConfigToml switched {
        /// Share of the context window at which it begins, in percent; 1 to 100.
        #[schemars(range(min = 1, max = 100))]
        model_async_compact_threshold_percent: u8,
    }
}

settings! {
    /// Instances of agents at run time. Further keys are taken as they are.
    RuntimeAgentInstancesConfigToml switched {}
}

settings! {
    /// Tools of MCP servers by their plain name.
    #[serde(deny_unknown_fields)]
    NonPrefixedMcpToolNamesConfigToml switched {
        /// The only servers it holds for.
        server_names: Vec<String>,
    }
}

/// `[features.tool_registry]`: the registry of tools. It is no feature and has no switch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolRegistryConfigToml {
    /// Whether two tools of one name are an error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_on_tool_collisions: Option<bool>,
    /// Whether data about a turn says which tools there were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_metadata_includes_tool_info: Option<bool>,
}
