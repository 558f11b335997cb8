//! The answer of configRequirements/read.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::Value as Json;
use toml::{Table, Value};

use super::Requirements;
use super::browser::{BrowserUse, ComputerUse, InAppBrowser};
use super::hooks::ManagedHooks;
use super::keys::{Application, AutoReview, FeatureRequirements, Feedback, Models, Residency, WindowsSandbox};
use super::network::NetworkView;
use super::otel::Otel;
use crate::decode::decode_value;
use crate::keys::{
    ApprovalPolicy, ApprovalsReviewer, LoginMethod, LoginStore, ModelProviderToml, SandboxMode, WebSearchMode,
};

/// The answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    supports_independent_speed_modes: bool,
    requirements: Option<View<'a>>,
}

/// The requirements as clients see them; none demands nothing.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct View<'a> {
    model_provider: &'a Option<String>,
    model_providers: &'a Option<BTreeMap<String, ModelProviderToml>>,
    allowed_login_methods: &'a [LoginMethod],
    cli_auth_credentials_store: Option<LoginStore>,
    chatgpt_base_url: &'a Option<String>,
    additional_developer_instructions: &'a Option<String>,
    allowed_approval_policies: &'a Option<Vec<ApprovalPolicy>>,
    allowed_approvals_reviewers: &'a Option<Vec<ApprovalsReviewer>>,
    allowed_sandbox_modes: Option<Vec<SandboxMode>>,
    allowed_windows_sandbox_implementations: Option<&'a [WindowsSandbox]>,
    allowed_permission_profiles: &'a Option<BTreeMap<String, bool>>,
    default_permissions: &'a Option<String>,
    allowed_web_search_modes: Option<Vec<WebSearchMode>>,
    allow_managed_hooks_only: Option<bool>,
    allow_browser_and_computer_use: Option<bool>,
    allow_appshots: Option<bool>,
    allow_remote_control: Option<bool>,
    computer_use: &'a Option<ComputerUse>,
    browser_use: &'a Option<BrowserUse>,
    in_app_browser: &'a Option<InAppBrowser>,
    feature_requirements: &'a Option<FeatureRequirements>,
    hooks: &'a Option<ManagedHooks>,
    enforce_residency: Option<Residency>,
    network: Option<NetworkView>,
    application: &'a Option<Application>,
    auto_review: &'a Option<AutoReview>,
    models: &'a Option<Models>,
    sqlite_home: Option<String>,
    log_dir: Option<String>,
    model_catalog_json: Option<String>,
    check_for_update_on_startup: Option<bool>,
    allow_login_shell: Option<bool>,
    feedback: &'a Option<Feedback>,
    otel: &'a Option<Otel>,
}

impl Requirements {
    /// The answer as JSON; `login_methods` are those that remain after all restrictions.
    pub(super) fn answer<'a>(&'a self, login_methods: &'a [LoginMethod]) -> Answer<'a> {
        let requirements = (!self.toml.is_empty()).then(|| self.view(login_methods));
        Answer { supports_independent_speed_modes: true, requirements }
    }

    fn view<'a>(&'a self, login_methods: &'a [LoginMethod]) -> View<'a> {
        let toml = &self.toml;
        let windows = toml.windows.as_ref().and_then(|windows| windows.allowed_sandbox_implementations.as_deref());
        View {
            model_provider: &toml.model_provider,
            model_providers: &toml.model_providers,
            allowed_login_methods: login_methods,
            cli_auth_credentials_store: toml.cli_auth_credentials_store,
            chatgpt_base_url: &toml.chatgpt_base_url,
            additional_developer_instructions: &toml.additional_developer_instructions,
            allowed_approval_policies: &toml.allowed_approval_policies,
            allowed_approvals_reviewers: &toml.allowed_approvals_reviewers,
            allowed_sandbox_modes: self.sandbox_modes(),
            allowed_windows_sandbox_implementations: windows,
            allowed_permission_profiles: &toml.allowed_permission_profiles,
            default_permissions: &toml.default_permissions,
            allowed_web_search_modes: self.web_search_modes(),
            allow_managed_hooks_only: toml.allow_managed_hooks_only,
            allow_browser_and_computer_use: toml.allow_browser_and_computer_use,
            allow_appshots: toml.allow_appshots,
            allow_remote_control: toml.allow_remote_control,
            computer_use: &toml.computer_use,
            browser_use: &toml.browser_use,
            in_app_browser: &toml.in_app_browser,
            feature_requirements: &toml.features,
            hooks: &toml.hooks,
            enforce_residency: toml.enforce_residency,
            network: toml.experimental_network.as_ref().map(|network| network.view()),
            application: &toml.application,
            auto_review: &toml.auto_review,
            models: &toml.models,
            sqlite_home: toml.sqlite_home.as_deref().map(file_uri),
            log_dir: toml.log_dir.as_deref().map(file_uri),
            model_catalog_json: toml.model_catalog_json.as_deref().map(file_uri),
            check_for_update_on_startup: toml.check_for_update_on_startup,
            allow_login_shell: toml.allow_login_shell,
            feedback: &toml.feedback,
            otel: &toml.otel,
        }
    }

    /// The sandbox modes of the list that a configuration can have.
    pub(super) fn sandbox_modes(&self) -> Option<Vec<SandboxMode>> {
        let modes = self.toml.allowed_sandbox_modes.as_ref()?;
        Some(modes.iter().filter_map(|mode| mode.configured()).collect())
    }

    /// The web search modes of the list; switching it off is always allowed.
    pub(super) fn web_search_modes(&self) -> Option<Vec<WebSearchMode>> {
        let mut modes = self.toml.allowed_web_search_modes.clone()?;
        if !modes.contains(&WebSearchMode::Disabled) {
            modes.push(WebSearchMode::Disabled);
        }
        Some(modes)
    }

    /// The answer as JSON text.
    pub(crate) fn json(&self, login_methods: &[LoginMethod]) -> Result<Box<str>, serde_json::Error> {
        let answer: Json = serde_json::to_value(self.answer(login_methods))?;
        Ok(answer.to_string().into_boxed_str())
    }
}

/// The logins that remain after all restrictions: those of the requirements and of a configuration.
pub(crate) fn allowed_login_methods(requirements: &Requirements, config: &Table) -> Vec<LoginMethod> {
    let toml = &requirements.toml;
    let forced: Option<LoginMethod> =
        config.get("forced_login_method").and_then(|method| decode_value(method.clone()).ok());
    let workspaces: Option<Vec<&str>> = match config.get("forced_chatgpt_workspace_id") {
        Some(Value::String(id)) => Some(vec![id]),
        Some(Value::Array(ids)) => Some(ids.iter().filter_map(Value::as_str).collect()),
        _ => None,
    };
    let has_workspace = match (&toml.allowed_chatgpt_workspaces, workspaces) {
        (None, _) => true,
        (Some(allowed), None) => !allowed.is_empty(),
        (Some(allowed), Some(forced)) => forced.iter().any(|id| allowed.iter().any(|allowed| allowed == id)),
    };
    [LoginMethod::Api, LoginMethod::Chatgpt]
        .into_iter()
        .filter(|method| toml.allowed_login_methods.as_ref().is_none_or(|allowed| allowed.contains(method)))
        .filter(|method| forced.is_none_or(|forced| forced == *method))
        .filter(|method| *method != LoginMethod::Chatgpt || has_workspace)
        .collect()
}

/// An absolute path as a URI.
fn file_uri(path: &Path) -> String {
    match url::Url::from_file_path(path) {
        Ok(uri) => uri.into(),
        // A path of another system has no URI here.
        Err(()) => path.to_string_lossy().into_owned(),
    }
}
