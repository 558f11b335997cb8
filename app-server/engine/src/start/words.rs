//! The fields that starting, resuming and forking a thread have in common on the wire, listed once.

/// What a resume or a fork asks for, in the words of a start: the fields that all three have, and those that are named.
macro_rules! asked_in_words_of_a_start {
    ($params:ident, $($field:ident: $value:expr),+ $(,)?) => {
        codex_app_server_protocol::v2::ThreadStartParams {
            model: $params.model,
            model_provider: $params.model_provider,
            service_tier: $params.service_tier,
            cwd: $params.cwd,
            runtime_workspace_roots: $params.runtime_workspace_roots,
            approval_policy: $params.approval_policy,
            approvals_reviewer: $params.approvals_reviewer,
            sandbox: $params.sandbox,
            permissions: $params.permissions,
            config: $params.config,
            base_instructions: $params.base_instructions,
            developer_instructions: $params.developer_instructions,
            $($field: $value,)+
            ..codex_app_server_protocol::v2::ThreadStartParams::default()
        }
    };
}

/// The answer to a resume or a fork: what a start answers, and the fields that are named.
macro_rules! answered_as_a_start {
    ($answer:ident, $started:ident, $($field:ident: $value:expr),+ $(,)?) => {
        $answer {
            model: $started.model,
            model_provider: $started.model_provider,
            service_tier: $started.service_tier,
            disabled_plugin_ids: $started.disabled_plugin_ids,
            cwd: $started.cwd,
            runtime_workspace_roots: $started.runtime_workspace_roots,
            instruction_sources: $started.instruction_sources,
            approval_policy: $started.approval_policy,
            approvals_reviewer: $started.approvals_reviewer,
            sandbox: $started.sandbox,
            active_permission_profile: $started.active_permission_profile,
            reasoning_effort: $started.reasoning_effort,
            multi_agent_mode: $started.multi_agent_mode,
            $($field: $value,)+
        }
    };
}

pub(crate) use {answered_as_a_start, asked_in_words_of_a_start};
