//! What a stored thread ran with, brought back: what the request says wins, then what the files tell, then the configuration.

use codex_app_server_protocol::AbsolutePathBuf;
use codex_app_server_protocol::v2::{SandboxMode, SandboxPolicy, ThreadStartParams};
use codex_thread_store::{History, RecordedSandbox};

use crate::settings::Settings;

/// Puts what the files tell where the request says nothing; whether the sandbox comes from the files.
pub(super) fn fill(params: &mut ThreadStartParams, history: &History) -> bool {
    let recorded = &history.settings;
    let thread = &history.stored.thread;
    let or = |asked: &mut Option<String>, recorded: Option<String>| {
        if asked.is_none() {
            *asked = recorded;
        }
    };
    or(&mut params.model, recorded.model.clone().or_else(|| thread.model.clone()));
    let provider = Some(thread.model_provider.clone()).filter(|provider| !provider.is_empty());
    or(&mut params.model_provider, recorded.model_provider.clone().or(provider));
    if params.service_tier.is_none() {
        params.service_tier = recorded.service_tier.clone().map(Some);
    }
    if params.cwd.is_none() {
        // The folders belong to the working folder.
        params.cwd = Some(working_folder(history));
        if params.runtime_workspace_roots.is_none() {
            let roots = recorded.workspace_roots.iter().flatten().filter_map(AbsolutePathBuf::new);
            params.runtime_workspace_roots = Some(roots.collect::<Vec<_>>()).filter(|roots| !roots.is_empty());
        }
    }
    params.approval_policy = params.approval_policy.take().or_else(|| recorded.approval_policy.clone());
    params.approvals_reviewer = params.approvals_reviewer.or(recorded.approvals_reviewer);
    params.personality = params.personality.or(recorded.personality);
    if params.sandbox.is_some() || params.permissions.is_some() {
        return false;
    }
    params.sandbox = match &recorded.sandbox {
        Some(RecordedSandbox::FullAccess) => Some(SandboxMode::DangerFullAccess),
        Some(RecordedSandbox::ReadOnly { .. }) => Some(SandboxMode::ReadOnly),
        // A profile comes with the configuration; the rest cannot be told again.
        Some(RecordedSandbox::Profile(_) | RecordedSandbox::External) | None => None,
    };
    true
}

/// The folder that a stored thread worked in last.
pub(super) fn working_folder(history: &History) -> String {
    history.settings.cwd.clone().unwrap_or_else(|| history.stored.thread.cwd.as_str().to_owned())
}

/// The profile that a stored thread ran with, where the request says nothing about permissions.
pub(super) fn profile<'a>(params: &ThreadStartParams, history: &'a History) -> Option<&'a str> {
    match &history.settings.sandbox {
        Some(RecordedSandbox::Profile(id)) if params.sandbox.is_none() && params.permissions.is_none() => Some(id),
        _ => None,
    }
}

/// Brings back what no request can say. `params` is what the request and the files say; `sandbox` whether the files said
/// what commands may do.
pub(super) fn restore(settings: &mut Settings, params: &ThreadStartParams, history: &History, sandbox: bool) {
    let recorded = &history.settings;
    let same_model = recorded.model.as_ref() == Some(&settings.model);
    let configured = params.config.as_ref().is_some_and(|config| config.contains_key("model_reasoning_effort"));
    if same_model && !configured {
        settings.effort.clone_from(&recorded.effort);
    }
    settings.summary = recorded.summary.or(settings.summary);
    if let Some(mode) = &recorded.collaboration_mode {
        settings.mode = mode.mode;
        settings.mode_instructions.clone_from(&mode.settings.developer_instructions);
    }
    settings.disabled_plugin_ids.clone_from(&recorded.disabled_plugin_ids);
    if let (
        true,
        Some(RecordedSandbox::ReadOnly { network_access: true }),
        SandboxPolicy::ReadOnly { network_access },
    ) = (sandbox, &recorded.sandbox, &mut settings.sandbox_policy)
    {
        *network_access = true;
    }
}
