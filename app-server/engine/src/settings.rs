//! What a thread runs with: chosen at its start from the request and the configuration, changed by later turns.

use std::path::{Component, Path, PathBuf};

use codex_app_server_protocol::v2::{self, AskForApproval, SandboxPolicy, ThreadSettings};
use codex_app_server_protocol::{AbsolutePathBuf, LegacyAppPathString, ReasoningEffort};
use codex_config_loader as config;
use codex_config_loader::{Config, ConfigWarning, ModelProviderInfo, NotAllowed};

use crate::confinement::check_policy;
use crate::context::modes;
use crate::error::EngineError;

/// The id of the one place where a thread's commands run.
pub(crate) const LOCAL_ENVIRONMENT: &str = "local";

/// What a thread runs with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settings {
    pub(crate) model: String,
    pub(crate) provider_id: String,
    pub(crate) provider: ModelProviderInfo,
    pub(crate) service_tier: Option<String>,
    pub(crate) cwd: AbsolutePathBuf,
    pub(crate) workspace_roots: Vec<AbsolutePathBuf>,
    pub(crate) approval_policy: AskForApproval,
    pub(crate) approvals_reviewer: v2::ApprovalsReviewer,
    pub(crate) sandbox_policy: SandboxPolicy,
    pub(crate) active_permission_profile: Option<v2::ActivePermissionProfile>,
    pub(crate) effort: Option<ReasoningEffort>,
    pub(crate) summary: Option<v2::ReasoningSummary>,
    pub(crate) verbosity: Option<config::Verbosity>,
    pub(crate) personality: Option<v2::Personality>,
    pub(crate) mode: v2::ModeKind,
    /// What the mode is about: the client's words or ours; `None` while no client has chosen a mode.
    pub(crate) mode_instructions: Option<String>,
    pub(crate) multi_agent_mode: v2::MultiAgentMode,
    pub(crate) disabled_plugin_ids: Vec<String>,
}

/// What a new thread runs with, and which choices gave way to requirements.
pub(crate) struct NewSettings {
    pub(crate) settings: Settings,
    pub(crate) warnings: Vec<ConfigWarning>,
}

impl NewSettings {
    /// What a new thread runs with. `model` is used when neither the request nor the configuration names one.
    pub(crate) fn new(
        params: &v2::ThreadStartParams,
        config: &Config,
        cwd: AbsolutePathBuf,
        default_model: impl FnOnce() -> String,
    ) -> Result<Self, EngineError> {
        let mut warnings = config.requirement_warnings.clone();
        let chosen = config.provider_id(params.model_provider.as_deref());
        warnings.extend(chosen.warning);
        let provider_id = chosen.value.to_owned();
        let provider = config.provider(&provider_id).map_err(|error| EngineError::Configuration(error.to_string()))?;
        let policy = params.approval_policy.as_ref().map(asked_approval);
        let resolved = config.approval_and_sandbox(policy, params.sandbox.map(sandbox_mode));
        warnings.extend(resolved.warnings().cloned());
        let chosen_reviewer = config.reviewer(params.approvals_reviewer.map(asked_reviewer));
        warnings.extend(chosen_reviewer.warning);
        let service_tier = match &params.service_tier {
            Some(tier) => tier.clone(),
            None => config.service_tier.clone(),
        };
        let settings = Settings {
            model: params.model.clone().or_else(|| config.model.clone()).unwrap_or_else(default_model),
            provider: provider.clone(),
            provider_id,
            service_tier,
            workspace_roots: params.runtime_workspace_roots.clone().unwrap_or_else(|| workspace_roots(&cwd, config)),
            cwd,
            approval_policy: approval(resolved.approval_policy),
            approvals_reviewer: reviewer(chosen_reviewer.value),
            sandbox_policy: sandbox(&resolved.sandbox),
            active_permission_profile: resolved.active_permission_profile.map(profile),
            effort: config.model_reasoning_effort.clone().and_then(ReasoningEffort::new),
            summary: config.model_reasoning_summary.map(summary),
            verbosity: config.model_verbosity,
            personality: params.personality.or_else(|| config.personality.map(personality)),
            mode: v2::ModeKind::Default,
            mode_instructions: None,
            multi_agent_mode: multi_agent_mode(params.multi_agent_mode.as_ref()).unwrap_or_default(),
            disabled_plugin_ids: Vec::new(),
        };
        Ok(Self { settings, warnings })
    }
}

impl Settings {
    /// The settings after what a turn's start says.
    pub(crate) fn changed(
        &self,
        params: &v2::TurnStartParams,
        config: &Config,
        base: &Path,
    ) -> Result<Self, EngineError> {
        let bounds = &config.permissions.bounds;
        if let Some(policy) = &params.approval_policy {
            bounds.check_approval_policy(asked_approval(policy)).map_err(refused)?;
        }
        if let Some(reviewer) = params.approvals_reviewer {
            bounds.check_reviewer(asked_reviewer(reviewer)).map_err(refused)?;
        }
        let mut next = self.clone();
        if let Some(cwd) = &params.cwd {
            let cwd = absolute(base, cwd.as_str());
            for root in &mut next.workspace_roots {
                if *root == self.cwd {
                    root.clone_from(&cwd);
                }
            }
            next.cwd = cwd;
        }
        set(&mut next.workspace_roots, &params.runtime_workspace_roots);
        set(&mut next.approval_policy, &params.approval_policy);
        set(&mut next.approvals_reviewer, &params.approvals_reviewer);
        set(&mut next.model, &params.model);
        set(&mut next.multi_agent_mode, &multi_agent_mode(params.multi_agent_mode.as_ref()));
        set(&mut next.disabled_plugin_ids, &params.disabled_plugin_ids);
        set(&mut next.service_tier, &params.service_tier);
        keep(&mut next.effort, &params.effort);
        keep(&mut next.summary, &params.summary);
        keep(&mut next.personality, &params.personality);
        if let Some(mode) = &params.collaboration_mode {
            next.mode = mode.mode;
            next.model.clone_from(&mode.settings.model);
            next.effort.clone_from(&mode.settings.reasoning_effort);
            let own = mode.settings.developer_instructions.clone();
            next.mode_instructions = own.or_else(|| Some(modes::built_in(mode.mode).to_owned()));
        }
        match (&params.sandbox_policy, &params.permissions) {
            (Some(_), Some(_)) => return Err(EngineError::Combined("permissions", "sandboxPolicy")),
            (Some(policy), None) => {
                check_policy(policy, bounds).map_err(refused)?;
                next.sandbox_policy = policy.clone();
                next.active_permission_profile = None;
            }
            (None, Some(id)) => next.take_profile(id, config)?,
            (None, None) => {}
        }
        Ok(next)
    }

    fn take_profile(&mut self, id: &str, config: &Config) -> Result<(), EngineError> {
        if !config::BUILT_IN_PROFILES.contains(&id) && !config.permissions.profiles.contains_key(id) {
            let kind = if id.starts_with(':') { "unknown built-in profile" } else { "undefined profile" };
            return Err(EngineError::Configuration(format!("default_permissions refers to {kind} `{id}`")));
        }
        let permissions =
            config::Permissions { default_permissions: Some(id.to_owned()), ..config.permissions.clone() };
        let resolved = permissions.resolve(None, None);
        if let Some(sandbox) = resolved.sandbox_warning {
            return Err(EngineError::SettingsRefused(sandbox.summary));
        }
        self.sandbox_policy = sandbox(&resolved.sandbox);
        self.active_permission_profile = resolved.active_permission_profile.map(profile);
        Ok(())
    }

    /// The settings on the wire.
    pub(crate) fn on_wire(&self) -> ThreadSettings {
        ThreadSettings {
            disabled_plugin_ids: self.disabled_plugin_ids.clone(),
            cwd: self.cwd.clone(),
            environments: Some(self.environments()),
            approval_policy: self.approval_policy.clone(),
            approvals_reviewer: self.approvals_reviewer,
            sandbox_policy: self.sandbox_policy.clone(),
            active_permission_profile: self.active_permission_profile.clone(),
            model: self.model.clone(),
            model_provider: self.provider_id.clone(),
            service_tier: self.service_tier.clone(),
            effort: self.effort.clone(),
            summary: self.summary,
            collaboration_mode: self.collaboration_mode(),
            multi_agent_mode: self.multi_agent_mode.clone(),
            personality: self.personality,
        }
    }

    pub(crate) fn environments(&self) -> Vec<v2::ThreadEnvironment> {
        vec![v2::ThreadEnvironment {
            environment_id: LOCAL_ENVIRONMENT.to_owned(),
            cwd: LegacyAppPathString(self.cwd.as_str().to_owned()),
            runtime_workspace_roots: self
                .workspace_roots
                .iter()
                .map(|root| LegacyAppPathString(root.as_str().to_owned()))
                .collect(),
        }]
    }

    pub(crate) fn collaboration_mode(&self) -> v2::CollaborationMode {
        v2::CollaborationMode {
            mode: self.mode,
            settings: v2::Settings {
                model: self.model.clone(),
                reasoning_effort: self.effort.clone(),
                developer_instructions: self.mode_instructions.clone(),
            },
        }
    }
}

/// The working folder and those that the configuration adds, each once.
fn workspace_roots(cwd: &AbsolutePathBuf, config: &Config) -> Vec<AbsolutePathBuf> {
    let mut roots = vec![cwd.clone()];
    for root in config.permissions.workspace_roots().iter().filter_map(AbsolutePathBuf::new) {
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    roots
}

/// The mode as it is shown again: `none` is taken from old clients, but stands in no schema of an answer.
fn multi_agent_mode(asked: Option<&v2::MultiAgentMode>) -> Option<v2::MultiAgentMode> {
    asked.map(|mode| match mode {
        v2::MultiAgentMode::None => v2::MultiAgentMode::ExplicitRequestOnly,
        mode => mode.clone(),
    })
}

/// A change of settings that requirements do not allow.
fn refused(reason: NotAllowed) -> EngineError {
    EngineError::SettingsRefused(reason.to_string())
}

fn set<T: Clone>(current: &mut T, new: &Option<T>) {
    if let Some(new) = new {
        current.clone_from(new);
    }
}

fn keep<T: Clone>(current: &mut Option<T>, new: &Option<T>) {
    if new.is_some() {
        current.clone_from(new);
    }
}

/// `path` as seen from `base`, without `.` and `..`; it need not exist.
pub(crate) fn absolute(base: &Path, path: &str) -> AbsolutePathBuf {
    let clean = without_dots(&base.join(path));
    let text = clean.to_string_lossy();
    AbsolutePathBuf::new(text.as_ref())
        .or_else(|| AbsolutePathBuf::new(Path::new("/").join(text.as_ref())))
        .unwrap_or_else(root)
}

/// A path without `.` and `..`; no link is looked at.
pub(crate) fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(clean.pop()),
            other => clean.push(other),
        }
    }
    clean
}

/// The root folder, which every platform calls absolute in one of these spellings.
fn root() -> AbsolutePathBuf {
    #[expect(clippy::unwrap_used, reason = "a constant that is absolute on the platform it is for")]
    AbsolutePathBuf::new(if cfg!(windows) { "C:\\" } else { "/" }).unwrap()
}

pub(crate) fn sandbox_mode(mode: v2::SandboxMode) -> config::SandboxMode {
    match mode {
        v2::SandboxMode::ReadOnly => config::SandboxMode::ReadOnly,
        v2::SandboxMode::WorkspaceWrite => config::SandboxMode::WorkspaceWrite,
        v2::SandboxMode::DangerFullAccess => config::SandboxMode::DangerFullAccess,
    }
}

pub(crate) fn sandbox(policy: &config::SandboxPolicy) -> SandboxPolicy {
    match policy {
        config::SandboxPolicy::DangerFullAccess => SandboxPolicy::DangerFullAccess,
        config::SandboxPolicy::ReadOnly { network_access } => {
            SandboxPolicy::ReadOnly { network_access: *network_access }
        }
        config::SandboxPolicy::WorkspaceWrite(write) => SandboxPolicy::WorkspaceWrite {
            writable_roots: write.writable_roots.iter().filter_map(AbsolutePathBuf::new).collect(),
            network_access: write.network_access,
            exclude_tmpdir_env_var: write.exclude_tmpdir_env_var,
            exclude_slash_tmp: write.exclude_slash_tmp,
        },
    }
}

fn profile(profile: config::ActivePermissionProfile) -> v2::ActivePermissionProfile {
    v2::ActivePermissionProfile { id: profile.id, extends: profile.extends }
}

fn approval(policy: config::ApprovalPolicy) -> AskForApproval {
    match policy {
        config::ApprovalPolicy::Untrusted => AskForApproval::Untrusted,
        config::ApprovalPolicy::OnRequest => AskForApproval::OnRequest,
        config::ApprovalPolicy::Never => AskForApproval::Never,
        config::ApprovalPolicy::Granular(granular) => AskForApproval::Granular {
            sandbox_approval: granular.sandbox_approval,
            rules: granular.rules,
            skill_approval: granular.skill_approval,
            request_permissions: granular.request_permissions,
            mcp_elicitations: granular.mcp_elicitations,
        },
    }
}

fn asked_approval(policy: &AskForApproval) -> config::ApprovalPolicy {
    match policy {
        AskForApproval::Untrusted => config::ApprovalPolicy::Untrusted,
        AskForApproval::OnRequest => config::ApprovalPolicy::OnRequest,
        AskForApproval::Never => config::ApprovalPolicy::Never,
        AskForApproval::Granular { sandbox_approval, rules, skill_approval, request_permissions, mcp_elicitations } => {
            config::ApprovalPolicy::Granular(config::GranularApproval {
                sandbox_approval: *sandbox_approval,
                rules: *rules,
                skill_approval: *skill_approval,
                request_permissions: *request_permissions,
                mcp_elicitations: *mcp_elicitations,
            })
        }
    }
}

fn asked_reviewer(reviewer: v2::ApprovalsReviewer) -> config::ApprovalsReviewer {
    match reviewer {
        v2::ApprovalsReviewer::User => config::ApprovalsReviewer::User,
        v2::ApprovalsReviewer::AutoReview | v2::ApprovalsReviewer::GuardianSubagent => {
            config::ApprovalsReviewer::AutoReview
        }
    }
}

fn reviewer(reviewer: config::ApprovalsReviewer) -> v2::ApprovalsReviewer {
    match reviewer {
        config::ApprovalsReviewer::User => v2::ApprovalsReviewer::User,
        config::ApprovalsReviewer::AutoReview => v2::ApprovalsReviewer::AutoReview,
    }
}

fn summary(summary: config::ReasoningSummary) -> v2::ReasoningSummary {
    match summary {
        config::ReasoningSummary::Auto => v2::ReasoningSummary::Auto,
        config::ReasoningSummary::Concise => v2::ReasoningSummary::Concise,
        config::ReasoningSummary::Detailed => v2::ReasoningSummary::Detailed,
        config::ReasoningSummary::None => v2::ReasoningSummary::None,
    }
}

fn personality(personality: config::Personality) -> v2::Personality {
    match personality {
        config::Personality::None => v2::Personality::None,
        config::Personality::Friendly => v2::Personality::Friendly,
        config::Personality::Pragmatic => v2::Personality::Pragmatic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_that_no_schema_has_is_not_shown() {
        use v2::MultiAgentMode::{ExplicitRequestOnly, None as Never, Proactive};
        assert_eq!(multi_agent_mode(Some(&Never)), Some(ExplicitRequestOnly));
        assert_eq!(multi_agent_mode(Some(&Proactive)), Some(Proactive));
        assert_eq!(multi_agent_mode(None), None);
    }

    #[test]
    fn relative_paths_are_resolved_and_cleaned() {
        let base = Path::new("/home/user");
        for (path, expected) in [
            ("/x", "/x"),
            ("a/b", "/home/user/a/b"),
            ("../../../..", "/"),
            ("./a/../b/.", "/home/user/b"),
            ("", "/home/user"),
        ] {
            assert_eq!(absolute(base, path).as_str(), expected, "{path}");
        }
    }
}
