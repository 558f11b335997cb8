//! When a thread asks, and what its commands may touch.
//!
//! A request's own words come first, then the configuration's, then the defaults: reading only in a folder that nobody
//! spoke about, writing below a folder with a trust entry, and asking for everything in an untrusted one.

use std::collections::{BTreeMap, BTreeSet};

pub use codex_utils_approval_presets::{DANGER_FULL_ACCESS_PROFILE, READ_ONLY_PROFILE, WORKSPACE_PROFILE};

use crate::error::ConfigError;
use crate::keys::{
    ApprovalPolicy, ApprovalsReviewer, PermissionProfileToml, SandboxMode, SandboxWorkspaceWrite, TrustLevel,
};
use crate::path::AbsolutePath;
use crate::requirements::Bounds;
use crate::warnings::ConfigWarning;

/// The built-in profiles, from the narrowest to the widest.
pub const BUILT_IN_PROFILES: [&str; 3] = [READ_ONLY_PROFILE, WORKSPACE_PROFILE, DANGER_FULL_ACCESS_PROFILE];

/// Profiles that may stand behind one another with `extends`.
const MAX_PROFILE_DEPTH: usize = 32;

/// What the commands of a thread may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxPolicy {
    /// Reading only.
    ReadOnly {
        /// Whether the network may be used.
        network_access: bool,
    },
    /// Writing below the working folder and a few more.
    WorkspaceWrite(SandboxWorkspaceWrite),
    /// Everything.
    DangerFullAccess,
}

/// The permission profile that a thread's sandbox comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivePermissionProfile {
    /// Its id.
    pub id: String,
    /// Id of the profile it builds on.
    pub extends: Option<String>,
}

/// When a thread asks, and what its commands may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalAndSandbox {
    /// When it asks.
    pub approval_policy: ApprovalPolicy,
    /// What its commands may touch.
    pub sandbox: SandboxPolicy,
    /// The profile that the sandbox comes from; none when it comes from a sandbox mode.
    pub active_permission_profile: Option<ActivePermissionProfile>,
    /// Why the approval policy is not the chosen one.
    pub policy_warning: Option<ConfigWarning>,
    /// Why the sandbox is not the chosen one.
    pub sandbox_warning: Option<ConfigWarning>,
}

impl ApprovalAndSandbox {
    /// Which choices gave way to requirements.
    pub fn warnings(&self) -> impl Iterator<Item = &ConfigWarning> {
        self.policy_warning.iter().chain(&self.sandbox_warning)
    }
}

/// The part of a configuration that decides about approvals and the sandbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Permissions {
    /// `approval_policy`, when set.
    pub approval_policy: Option<ApprovalPolicy>,
    /// `approvals_reviewer`, when set.
    pub approvals_reviewer: Option<ApprovalsReviewer>,
    /// `sandbox_mode`, when set.
    pub sandbox_mode: Option<SandboxMode>,
    /// `sandbox_workspace_write`, when set.
    pub sandbox_workspace_write: Option<SandboxWorkspaceWrite>,
    /// `default_permissions`, when set.
    pub default_permissions: Option<String>,
    /// `permissions`, those that requirements define included.
    pub profiles: BTreeMap<String, PermissionProfileToml>,
    /// What the user said about the working folder.
    pub trust_level: Option<TrustLevel>,
    /// Ids of the profiles that requirements define.
    pub demanded_profiles: BTreeSet<String>,
    /// What requirements allow.
    pub bounds: Bounds,
}

impl Permissions {
    /// What holds for a thread whose request names `approval_policy` and `sandbox_mode`, or does not.
    pub fn resolve(
        &self,
        approval_policy: Option<ApprovalPolicy>,
        sandbox_mode: Option<SandboxMode>,
    ) -> ApprovalAndSandbox {
        let default_policy = match self.trust_level {
            Some(TrustLevel::Untrusted) => ApprovalPolicy::Untrusted,
            Some(TrustLevel::Trusted) | None => ApprovalPolicy::OnRequest,
        };
        let policy = self.bounds.approval_policy(approval_policy.or(self.approval_policy), default_policy);
        let mut sandbox_warning = None;
        let (mut sandbox, mut active_permission_profile) =
            match self.bounds.profile(self.default_permissions.as_deref()) {
                Some(profile) => {
                    sandbox_warning = profile.warning;
                    (self.policy_of_profile(profile.value), Some(self.active_profile(profile.value)))
                }
                None => self.resolve_sandbox(sandbox_mode),
            };
        if let Err(refused) = self.bounds.check_sandbox_mode(sandbox.mode()) {
            sandbox_warning = Some(refused.warning());
            sandbox = self.policy_of(SandboxMode::ReadOnly);
            active_permission_profile = None;
        }
        ApprovalAndSandbox {
            approval_policy: policy.value,
            sandbox,
            active_permission_profile,
            policy_warning: policy.warning,
            sandbox_warning,
        }
    }

    /// Folders besides the working folder that threads work in, absolute; none when a profile is chosen.
    pub fn workspace_roots(&self) -> &[AbsolutePath] {
        if self.default_permissions.is_some() || self.bounds.profile(None).is_some() {
            return &[];
        }
        self.sandbox_workspace_write.as_ref().map(|workspace| workspace.writable_roots.as_slice()).unwrap_or_default()
    }

    fn resolve_sandbox(&self, requested: Option<SandboxMode>) -> (SandboxPolicy, Option<ActivePermissionProfile>) {
        if let Some(mode) = requested {
            return (self.policy_of(mode), None);
        }
        if let Some(id) = &self.default_permissions {
            return (self.policy_of_profile(id), Some(self.active_profile(id)));
        }
        if let Some(mode) = self.sandbox_mode {
            return (self.policy_of(mode), None);
        }
        let (mode, id) = match self.trust_level {
            Some(_) => (SandboxMode::WorkspaceWrite, WORKSPACE_PROFILE),
            None => (SandboxMode::ReadOnly, READ_ONLY_PROFILE),
        };
        // The details of the mode take the place of the profile.
        let profile =
            (mode == SandboxMode::ReadOnly || self.sandbox_workspace_write.is_none()).then(|| self.active_profile(id));
        (self.policy_of(mode), profile)
    }

    fn active_profile(&self, id: &str) -> ActivePermissionProfile {
        ActivePermissionProfile {
            id: id.to_owned(),
            // What a demanded profile builds on is not shown.
            extends: self
                .profiles
                .get(id)
                .filter(|_| !self.demanded_profiles.contains(id))
                .and_then(|profile| profile.extends.clone()),
        }
    }

    /// The policy of a sandbox mode.
    fn policy_of(&self, mode: SandboxMode) -> SandboxPolicy {
        match mode {
            SandboxMode::ReadOnly => SandboxPolicy::ReadOnly { network_access: false },
            SandboxMode::WorkspaceWrite => {
                SandboxPolicy::WorkspaceWrite(self.sandbox_workspace_write.clone().unwrap_or_default())
            }
            SandboxMode::DangerFullAccess => SandboxPolicy::DangerFullAccess,
        }
    }

    /// The sandbox mode that a profile comes to.
    pub(crate) fn mode_of_profile(&self, id: &str) -> SandboxMode {
        self.policy_of_profile(id).mode()
    }

    /// The nearest policy of a profile: that of the built-in one it builds on, without what an own one adds to the
    /// file system, so that it never allows more than the profile.
    fn policy_of_profile(&self, id: &str) -> SandboxPolicy {
        let mut network = None;
        let mut narrowed = false;
        let mut id = id;
        for _ in 0..MAX_PROFILE_DEPTH {
            let Some(profile) = self.profiles.get(id) else {
                break;
            };
            let own_network = profile.network.as_ref().and_then(|network| network.enabled);
            network = network.or(own_network);
            narrowed |= profile.filesystem.is_some() || profile.workspace_roots.is_some();
            match &profile.extends {
                Some(base) => id = base,
                None => break,
            }
        }
        let network_access = network.unwrap_or_default();
        match id {
            DANGER_FULL_ACCESS_PROFILE if !narrowed && network != Some(false) => SandboxPolicy::DangerFullAccess,
            WORKSPACE_PROFILE if !narrowed => SandboxPolicy::WorkspaceWrite(SandboxWorkspaceWrite {
                network_access,
                ..SandboxWorkspaceWrite::default()
            }),
            _ => SandboxPolicy::ReadOnly { network_access },
        }
    }

    /// Checks that the profile exists.
    pub(super) fn check(&self, has_profiles: bool) -> Result<(), ConfigError> {
        let message = match &self.default_permissions {
            None if self.bounds.profile(None).is_some() => return Ok(()),
            None if has_profiles => {
                "config defines `[permissions]` profiles but does not set `default_permissions`".to_owned()
            }
            Some(id) if is_built_in(id) || self.profiles.contains_key(id) => return self.check_bases(id),
            Some(id) if id.starts_with(':') => {
                format!("default_permissions refers to unknown built-in profile `{id}`")
            }
            Some(_) if !has_profiles => "default_permissions requires a `[permissions]` table".to_owned(),
            Some(id) => format!("default_permissions refers to undefined profile `{id}`"),
            None => return Ok(()),
        };
        Err(ConfigError::Meaning(message))
    }

    /// Checks that what a profile builds on exists.
    fn check_bases(&self, id: &str) -> Result<(), ConfigError> {
        let mut id = id;
        for _ in 0..MAX_PROFILE_DEPTH {
            let Some(base) = self.profiles.get(id).and_then(|profile| profile.extends.as_deref()) else {
                break;
            };
            if !is_built_in(base) && !self.profiles.contains_key(base) {
                let message = format!("permissions profile `{id}` extends undefined profile `{base}`");
                return Err(ConfigError::Meaning(message));
            }
            id = base;
        }
        Ok(())
    }
}

/// Whether an id is that of a profile that is always there.
pub(super) fn is_built_in(id: &str) -> bool {
    BUILT_IN_PROFILES.contains(&id)
}

impl SandboxPolicy {
    /// The mode that it belongs to.
    pub fn mode(&self) -> SandboxMode {
        match self {
            Self::ReadOnly { .. } => SandboxMode::ReadOnly,
            Self::WorkspaceWrite(_) => SandboxMode::WorkspaceWrite,
            Self::DangerFullAccess => SandboxMode::DangerFullAccess,
        }
    }

    /// Folders that may be written besides the working folder, absolute.
    pub fn writable_roots(&self) -> &[AbsolutePath] {
        match self {
            Self::WorkspaceWrite(workspace) => &workspace.writable_roots,
            Self::ReadOnly { .. } | Self::DangerFullAccess => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> SandboxPolicy {
        SandboxPolicy::WorkspaceWrite(SandboxWorkspaceWrite::default())
    }

    fn read_only() -> SandboxPolicy {
        SandboxPolicy::ReadOnly { network_access: false }
    }

    fn profile(id: &str, extends: Option<&str>) -> Option<ActivePermissionProfile> {
        Some(ActivePermissionProfile { id: id.to_owned(), extends: extends.map(str::to_owned) })
    }

    #[test]
    fn defaults_depend_on_the_trust_entry() {
        for (trust_level, policy, sandbox, id) in [
            (None, ApprovalPolicy::OnRequest, read_only(), READ_ONLY_PROFILE),
            (Some(TrustLevel::Trusted), ApprovalPolicy::OnRequest, workspace(), WORKSPACE_PROFILE),
            (Some(TrustLevel::Untrusted), ApprovalPolicy::Untrusted, workspace(), WORKSPACE_PROFILE),
        ] {
            let permissions = Permissions { trust_level, ..Permissions::default() };
            assert_eq!(
                permissions.resolve(None, None),
                ApprovalAndSandbox {
                    approval_policy: policy,
                    sandbox,
                    active_permission_profile: profile(id, None),
                    policy_warning: None,
                    sandbox_warning: None,
                }
            );
        }
    }

    #[test]
    fn explicit_keys_win_over_the_defaults_and_requests_over_keys() {
        let roots = SandboxWorkspaceWrite {
            writable_roots: vec![serde_json::from_str("\"/data\"").unwrap()],
            network_access: true,
            ..SandboxWorkspaceWrite::default()
        };
        let permissions = Permissions {
            approval_policy: Some(ApprovalPolicy::Never),
            sandbox_mode: Some(SandboxMode::WorkspaceWrite),
            sandbox_workspace_write: Some(roots.clone()),
            trust_level: Some(TrustLevel::Untrusted),
            ..Permissions::default()
        };
        let resolved = permissions.resolve(None, None);
        assert_eq!(resolved.approval_policy, ApprovalPolicy::Never);
        assert_eq!(resolved.sandbox, SandboxPolicy::WorkspaceWrite(roots));
        assert_eq!(resolved.active_permission_profile, None);
        let requested = permissions.resolve(Some(ApprovalPolicy::Untrusted), Some(SandboxMode::ReadOnly));
        assert_eq!(requested.approval_policy, ApprovalPolicy::Untrusted);
        assert_eq!(requested.sandbox, read_only());
    }

    #[test]
    fn a_profile_wins_over_the_mode() {
        let permissions = Permissions {
            sandbox_mode: Some(SandboxMode::ReadOnly),
            default_permissions: Some(WORKSPACE_PROFILE.to_owned()),
            ..Permissions::default()
        };
        let resolved = permissions.resolve(None, None);
        assert_eq!(resolved.sandbox, workspace());
        assert_eq!(resolved.active_permission_profile, profile(WORKSPACE_PROFILE, None));
    }

    #[test]
    fn an_own_profile_builds_on_a_built_in_one() {
        let profiles: BTreeMap<String, PermissionProfileToml> = toml::from_str(
            "[p]\nextends = ':read-only'\nnetwork.enabled = true\n[q]\nextends = ':danger-full-access'\n\
             filesystem = {'/secret' = 'deny'}\n[loop]\nextends = 'loop'",
        )
        .unwrap();
        let resolve = |id: &str| {
            let permissions = Permissions {
                default_permissions: Some(id.to_owned()),
                profiles: profiles.clone(),
                ..Permissions::default()
            };
            permissions.resolve(None, None)
        };
        assert_eq!(resolve("p").sandbox, SandboxPolicy::ReadOnly { network_access: true });
        assert_eq!(resolve("p").active_permission_profile, profile("p", Some(READ_ONLY_PROFILE)));
        assert_eq!(resolve("q").sandbox, read_only());
        assert_eq!(resolve("loop").sandbox, read_only());
    }
}
