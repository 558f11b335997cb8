//! Lists of allowed values: what a thread gets when something else was configured or asked for.
//!
//! A value that is set and not allowed gives way to another one, with a warning; a default does so silently.

use std::collections::BTreeSet;

use serde::Serialize;
use toml::Value;

use super::Requirements;
use super::keys::WindowsSandbox;
use crate::keys::{ApprovalPolicy, ApprovalsReviewer, SandboxMode, WebSearchMode, WindowsSandboxMode, WindowsToml};
use crate::warnings::ConfigWarning;

/// The key of sandbox modes.
const SANDBOX_MODE: &str = "sandbox_mode";

/// Web search modes in the order in which one takes the place of another.
const WEB_SEARCH_CHOICE: [WebSearchMode; 4] =
    [WebSearchMode::Cached, WebSearchMode::Indexed, WebSearchMode::Live, WebSearchMode::Disabled];

/// A value that requirements do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid value for `{key}`: `{value}` is not in the allowed set [{}] (set by {demanded_by})", allowed.join(", "))]
pub struct NotAllowed {
    /// The key.
    pub key: &'static str,
    /// The value.
    pub value: String,
    /// What is allowed.
    pub allowed: Vec<String>,
    /// What is used instead.
    pub used: String,
    /// The file, or another name of the source.
    pub demanded_by: String,
}

impl NotAllowed {
    /// The warning for a value that gave way.
    pub(crate) fn warning(&self) -> ConfigWarning {
        let Self { key, value, used, demanded_by, allowed } = self;
        // Clients look for the name of what changes, which for a sandbox mode is the profile.
        let subject = if *key == SANDBOX_MODE { "`permission_profile`: " } else { "" };
        ConfigWarning::new(format!(
            "{subject}`{key}` cannot be `{value}`, as {demanded_by} allows only {}: `{used}` is used instead.",
            allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        ))
    }
}

/// A value after lists of allowed ones had their say.
#[derive(Clone, Debug, PartialEq)]
pub struct Bent<T> {
    /// The value.
    pub value: T,
    /// Why it is not the one that was configured or asked for.
    pub warning: Option<ConfigWarning>,
}

/// The values that are allowed for one key; at least one.
#[derive(Clone, Debug, PartialEq)]
struct Allowed<T> {
    values: Vec<T>,
    source: String,
}

impl<T: Copy + PartialEq + Serialize> Allowed<T> {
    fn check(&self, key: &'static str, value: T, used: impl FnOnce(&[T]) -> Option<T>) -> Result<(), NotAllowed> {
        if self.values.contains(&value) {
            return Ok(());
        }
        Err(NotAllowed {
            key,
            value: word(&value),
            allowed: self.values.iter().map(word).collect(),
            used: used(&self.values).map(|used| word(&used)).unwrap_or_default(),
            demanded_by: self.source.clone(),
        })
    }
}

/// A value as a file spells it.
fn word(value: &impl Serialize) -> String {
    match Value::try_from(value) {
        Ok(Value::String(word)) => word,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}

/// The lists of allowed values that concern a thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    approval_policies: Option<Allowed<ApprovalPolicy>>,
    reviewers: Option<Allowed<ApprovalsReviewer>>,
    sandbox_modes: Option<Allowed<SandboxMode>>,
    web_search_modes: Option<Allowed<WebSearchMode>>,
    windows_sandboxes: Option<Allowed<WindowsSandbox>>,
    profiles: Option<AllowedProfiles>,
    /// The demanded model provider, and who demands it.
    provider: Option<(String, String)>,
}

/// The permission profiles that are allowed.
#[derive(Clone, Debug, PartialEq)]
struct AllowedProfiles {
    ids: BTreeSet<String>,
    /// Used when nothing else is chosen.
    default: String,
    source: String,
}

impl Requirements {
    /// The lists of allowed values. `default_profile` is what [`Requirements::default_profile`] said.
    pub(crate) fn bounds(&self, default_profile: Option<String>) -> Bounds {
        fn allowed<T>(requirements: &Requirements, key: &str, values: Option<Vec<T>>) -> Option<Allowed<T>> {
            values.map(|values| Allowed { values, source: requirements.source_of(key).to_owned() })
        }
        let toml = &self.toml;
        let windows = toml.windows.as_ref().and_then(|windows| windows.allowed_sandbox_implementations.clone());
        let profiles =
            toml.allowed_permission_profiles.as_ref().zip(default_profile).map(|(profiles, default)| AllowedProfiles {
                ids: profiles.iter().filter(|(_, allowed)| **allowed).map(|(id, _)| id.clone()).collect(),
                default,
                source: self.source_of("allowed_permission_profiles").to_owned(),
            });
        Bounds {
            approval_policies: allowed(self, "allowed_approval_policies", toml.allowed_approval_policies.clone()),
            reviewers: allowed(self, "allowed_approvals_reviewers", toml.allowed_approvals_reviewers.clone()),
            sandbox_modes: allowed(self, "allowed_sandbox_modes", self.sandbox_modes()),
            web_search_modes: allowed(self, "allowed_web_search_modes", self.web_search_modes()),
            windows_sandboxes: allowed(self, "windows", windows),
            profiles,
            provider: toml.model_provider.clone().map(|id| (id, self.source_of("model_provider").to_owned())),
        }
    }

    /// The profile of threads that choose none; none when requirements say nothing about profiles.
    ///
    /// # Errors
    ///
    /// When what they say about profiles makes no sense. `is_known` tells whether there is a profile of an id.
    pub(crate) fn default_profile(
        &self,
        built_in: (&str, &str),
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, String> {
        let (workspace, read_only) = built_in;
        let default = &self.toml.default_permissions;
        let Some(profiles) = &self.toml.allowed_permission_profiles else {
            return match default {
                Some(_) => Err("requirements.toml default_permissions requires allowed_permission_profiles".to_owned()),
                None => Ok(None),
            };
        };
        if let Some(id) = profiles.keys().find(|id| !is_known(id)) {
            return Err(format!("requirements.toml allowed_permission_profiles refers to undefined profile `{id}`"));
        }
        let is_allowed = |id: &str| profiles.get(id) == Some(&true);
        match default {
            Some(id) if is_allowed(id) => Ok(Some(id.clone())),
            Some(id) => Err(format!(
                "requirements.toml default_permissions `{id}` must be allowed by allowed_permission_profiles"
            )),
            None if is_allowed(workspace) && is_allowed(read_only) => Ok(Some(workspace.to_owned())),
            None => Err(format!(
                "requirements.toml default_permissions must be set unless allowed_permission_profiles allows both \
                 `{workspace}` and `{read_only}`"
            )),
        }
    }
}

impl Bounds {
    /// Checks an approval policy.
    ///
    /// # Errors
    ///
    /// When it is not allowed.
    pub fn check_approval_policy(&self, policy: ApprovalPolicy) -> Result<(), NotAllowed> {
        let Some(allowed) = &self.approval_policies else {
            return Ok(());
        };
        allowed.check("approval_policy", policy, first)
    }

    /// Checks who answers approvals.
    ///
    /// # Errors
    ///
    /// When it is not allowed.
    pub fn check_reviewer(&self, reviewer: ApprovalsReviewer) -> Result<(), NotAllowed> {
        let Some(allowed) = &self.reviewers else {
            return Ok(());
        };
        allowed.check("approvals_reviewer", reviewer, first)
    }

    /// Checks a sandbox mode. What takes its place is always reading only, which every list has.
    ///
    /// # Errors
    ///
    /// When it is not allowed.
    pub fn check_sandbox_mode(&self, mode: SandboxMode) -> Result<(), NotAllowed> {
        let Some(allowed) = &self.sandbox_modes else {
            return Ok(());
        };
        allowed.check(SANDBOX_MODE, mode, |_| Some(SandboxMode::ReadOnly))
    }

    /// The approval policy for a chosen one, or for none.
    pub(crate) fn approval_policy(
        &self,
        chosen: Option<ApprovalPolicy>,
        default: ApprovalPolicy,
    ) -> Bent<ApprovalPolicy> {
        bend(self.approval_policies.as_ref(), chosen, default, |policy| self.check_approval_policy(policy))
    }

    /// Who answers approvals, for a choice or for none.
    pub(crate) fn reviewer(&self, chosen: Option<ApprovalsReviewer>) -> Bent<ApprovalsReviewer> {
        bend(self.reviewers.as_ref(), chosen, ApprovalsReviewer::default(), |reviewer| self.check_reviewer(reviewer))
    }

    /// The web search mode for a chosen one, or for none; the default counts as chosen.
    pub(crate) fn web_search(&self, chosen: Option<WebSearchMode>) -> Bent<Option<WebSearchMode>> {
        let Some(allowed) = &self.web_search_modes else {
            return Bent { value: chosen, warning: None };
        };
        let used = |values: &[WebSearchMode]| WEB_SEARCH_CHOICE.into_iter().find(|mode| values.contains(mode));
        match allowed.check("web_search_mode", chosen.unwrap_or(WebSearchMode::Cached), used) {
            Ok(()) => Bent { value: chosen, warning: None },
            Err(refused) => Bent { value: used(&allowed.values), warning: Some(refused.warning()) },
        }
    }

    /// A warning when the kind of Windows sandbox is not among the allowed ones.
    pub(crate) fn windows_warning(&self, windows: Option<&WindowsToml>) -> Option<ConfigWarning> {
        let allowed = self.windows_sandboxes.as_ref()?;
        let configured = windows.and_then(|windows| windows.sandbox);
        let kind = match configured {
            Some(WindowsSandboxMode::Elevated) => Some(WindowsSandbox::Elevated),
            Some(WindowsSandboxMode::Unelevated) => Some(WindowsSandbox::Unelevated),
            Some(WindowsSandboxMode::Mxc) | None => None,
        };
        if kind.is_some_and(|kind| allowed.values.contains(&kind)) {
            return None;
        }
        let used = match allowed.values.contains(&WindowsSandbox::Elevated) {
            true => WindowsSandbox::Elevated,
            false => WindowsSandbox::Unelevated,
        };
        let refused = NotAllowed {
            key: "windows.sandbox",
            value: configured.map_or_else(|| "unset".to_owned(), |mode| word(&mode)),
            allowed: allowed.values.iter().map(word).collect(),
            used: word(&used),
            demanded_by: allowed.source.clone(),
        };
        Some(refused.warning())
    }

    /// The permission profile for a chosen one, or for none; none when requirements say nothing about profiles.
    pub(crate) fn profile<'a>(&'a self, chosen: Option<&'a str>) -> Option<Bent<&'a str>> {
        let allowed = self.profiles.as_ref()?;
        let Some(id) = chosen else {
            return Some(Bent { value: &allowed.default, warning: None });
        };
        Some(match self.check_profile(id) {
            Ok(()) => Bent { value: id, warning: None },
            Err(refused) => Bent { value: &allowed.default, warning: Some(refused.warning()) },
        })
    }

    /// The model provider for the one that a request names: the demanded one, if there is one.
    pub(crate) fn provider<'a>(&'a self, requested: &'a str) -> Bent<&'a str> {
        match &self.provider {
            Some((id, source)) if id != requested => {
                let refused = NotAllowed {
                    key: "model_provider",
                    value: requested.to_owned(),
                    allowed: vec![id.clone()],
                    used: id.clone(),
                    demanded_by: source.clone(),
                };
                Bent { value: id, warning: Some(refused.warning()) }
            }
            _ => Bent { value: requested, warning: None },
        }
    }

    /// Checks a permission profile.
    ///
    /// # Errors
    ///
    /// When it is not allowed.
    pub fn check_profile(&self, id: &str) -> Result<(), NotAllowed> {
        match &self.profiles {
            Some(allowed) if !allowed.ids.contains(id) => Err(NotAllowed {
                key: "permission_profile",
                value: id.to_owned(),
                allowed: allowed.ids.iter().cloned().collect(),
                used: allowed.default.clone(),
                demanded_by: allowed.source.clone(),
            }),
            _ => Ok(()),
        }
    }
}

fn first<T: Copy>(values: &[T]) -> Option<T> {
    values.first().copied()
}

/// The value for a choice, or for none: what is allowed stays, else the first allowed one is used.
fn bend<T: Copy + PartialEq>(
    allowed: Option<&Allowed<T>>,
    chosen: Option<T>,
    default: T,
    check: impl FnOnce(T) -> Result<(), NotAllowed>,
) -> Bent<T> {
    let wanted = chosen.unwrap_or(default);
    match check(wanted) {
        Ok(()) => Bent { value: wanted, warning: None },
        Err(refused) => Bent {
            value: allowed.and_then(|allowed| first(&allowed.values)).unwrap_or(wanted),
            warning: chosen.map(|_| refused.warning()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(policies: &[ApprovalPolicy]) -> Bounds {
        let approval_policies = Some(Allowed { values: policies.to_vec(), source: "FILE".to_owned() });
        Bounds { approval_policies, ..Bounds::default() }
    }

    #[test]
    fn a_choice_gives_way_with_a_warning_and_a_default_without() {
        use ApprovalPolicy::{Never, OnRequest, Untrusted};
        let bent = bounds(&[Never, OnRequest]).approval_policy(Some(Untrusted), OnRequest);
        assert_eq!(bent.value, Never);
        assert_eq!(
            bent.warning.unwrap().summary,
            "`approval_policy` cannot be `untrusted`, as FILE allows only `never`, `on-request`: `never` is used instead."
        );
        let nothing_said = |policies| bounds(policies).approval_policy(None, OnRequest);
        assert_eq!(nothing_said(&[Never, OnRequest]), Bent { value: OnRequest, warning: None });
        assert_eq!(nothing_said(&[Never]), Bent { value: Never, warning: None });
    }

    #[test]
    fn web_search_gives_way_to_the_tamest_allowed_mode() {
        use WebSearchMode::{Cached, Disabled, Indexed, Live};
        for (allowed, chosen, value, warns) in [
            (vec![Live, Indexed, Disabled], None, Some(Indexed), true),
            (vec![Live, Disabled], Some(Cached), Some(Live), true),
            (vec![Disabled], None, Some(Disabled), true),
            (vec![Live, Cached, Disabled], Some(Indexed), Some(Cached), true),
            (vec![Live, Cached, Disabled], None, None, false),
            (vec![Cached, Disabled], Some(Disabled), Some(Disabled), false),
        ] {
            let web_search_modes = Some(Allowed { values: allowed, source: "FILE".to_owned() });
            let bent = Bounds { web_search_modes, ..Bounds::default() }.web_search(chosen);
            assert_eq!((bent.value, bent.warning.is_some()), (value, warns));
        }
    }
}
