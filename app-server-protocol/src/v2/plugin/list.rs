//! Lists of plugins: those that marketplaces offer, those found by a search, and those installed. A plugin has the id
//! `name@marketplace`; marketplaces come from the home folder, the configuration, the repositories of given folders,
//! and, with a ChatGPT login, from the remote catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;
use crate::v2::{MarketplaceInterface, MarketplaceLoadErrorInfo, PluginShareContext};

/// When the user is asked to log in at the apps of a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginAuthPolicy {
    /// When the plugin is installed.
    OnInstall,
    /// When the app is first used.
    OnUse,
}

/// Whether a plugin can be installed and used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginAvailability {
    /// An administrator has switched it off.
    DisabledByAdmin,
    /// It can. The backend's word for it, `ENABLED`, is read as the same.
    #[default]
    #[serde(alias = "ENABLED")]
    Available,
}

/// Why a plugin of the remote catalogue is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PluginDisabledReason {
    /// An administrator has switched it off.
    DisabledByAdmin,
    /// The plan of the account does not include it.
    PlanNotEligible,
    /// An app that it needs is not available.
    RequiredAppUnavailable,
    /// A reason that is not known here.
    Unknown,
}

/// Whether a marketplace lets a plugin be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginInstallPolicy {
    /// It may not be installed.
    NotAvailable,
    /// The user may install it.
    Available,
    /// It is installed without being asked for.
    InstalledByDefault,
}

/// Where the installation policy of a plugin comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginInstallPolicySource {
    /// From a setting of the workspace.
    WorkspaceSetting,
    /// From an app that the plugin stands for, without a setting of its own.
    ImplicitCanonicalApp,
}

/// Params of `plugin/installed`: where to look, and what else to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginInstalledParams {
    /// Absolute folders whose repositories are searched for marketplaces. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwds: Option<Vec<AbsolutePathBuf>>,
    /// Names of plugins to list even though they are not installed, where a local marketplace has them; for offering
    /// them in mentions. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_suggestion_plugin_names: Option<Vec<String>>,
}

/// Result of `plugin/installed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginInstalledResponse {
    /// The marketplaces with their installed plugins.
    pub marketplaces: Vec<PluginMarketplaceEntry>,
    /// Marketplace files that could not be read. Default none.
    #[serde(default)]
    pub marketplace_load_errors: Vec<MarketplaceLoadErrorInfo>,
}

/// How to show a plugin, as its manifest or the catalogue says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginInterface {
    /// Name for people; null when not told.
    pub display_name: Option<String>,
    /// What it is for, in a few words; null when not told.
    pub short_description: Option<String>,
    /// What it is for, in full; null when not told.
    pub long_description: Option<String>,
    /// Who made it; null when not told.
    pub developer_name: Option<String>,
    /// Category to show it under; null when it has none.
    pub category: Option<String>,
    /// What it can do, in the words of its maker; empty when not told.
    pub capabilities: Vec<String>,
    /// Its web page; null when there is none.
    pub website_url: Option<String>,
    /// Its privacy policy; null when there is none.
    pub privacy_policy_url: Option<String>,
    /// Its terms of service; null when there are none.
    pub terms_of_service_url: Option<String>,
    /// Prompts to start with, at most 3 of at most 512 characters; null when there are none.
    pub default_prompt: Option<Vec<String>>,
    /// Colour to show it in; null when not told.
    pub brand_color: Option<String>,
    /// Icon for the composer, as a file of the installed plugin; null when there is none.
    pub composer_icon: Option<AbsolutePathBuf>,
    /// Icon for the composer, as the catalogue's URL; null when there is none.
    pub composer_icon_url: Option<String>,
    /// Logo, as a file of the installed plugin; null when there is none.
    pub logo: Option<AbsolutePathBuf>,
    /// Logo for dark backgrounds, as a file of the installed plugin; null when there is none.
    pub logo_dark: Option<AbsolutePathBuf>,
    /// Logo, as the catalogue's URL; null when there is none.
    pub logo_url: Option<String>,
    /// Logo for dark backgrounds, as the catalogue's URL; null when there is none.
    pub logo_url_dark: Option<String>,
    /// Screenshots, as files of the installed plugin; empty when there are none.
    pub screenshots: Vec<AbsolutePathBuf>,
    /// Screenshots, as URLs of the catalogue; empty when there are none.
    pub screenshot_urls: Vec<String>,
}

/// A kind of marketplace to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PluginListMarketplaceKind {
    /// Marketplace files on this machine.
    Local,
    /// The vertical marketplaces of the remote catalogue.
    Vertical,
    /// The remote directory of the workspace.
    WorkspaceDirectory,
    /// Remote plugins that others share with the user.
    SharedWithMe,
    /// Remote plugins that the user made.
    CreatedByMeRemote,
}

/// Params of `plugin/list`: which marketplaces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginListParams {
    /// Absolute folders whose repositories are searched for marketplaces. Absent or null: only those of the home folder
    /// and the official curated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwds: Option<Vec<AbsolutePathBuf>>,
    /// Kinds of marketplaces to ask. Absent or null: local ones, and the standard remote catalogue where its feature is
    /// on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace_kinds: Option<Vec<PluginListMarketplaceKind>>,
    /// Fetches the remote catalogue anew instead of using what was cached. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub force_refetch: bool,
}

/// Result of `plugin/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginListResponse {
    /// The marketplaces with their plugins.
    pub marketplaces: Vec<PluginMarketplaceEntry>,
    /// Marketplace files that could not be read. Default none.
    #[serde(default)]
    pub marketplace_load_errors: Vec<MarketplaceLoadErrorInfo>,
    /// Ids of plugins that the remote catalogue features. Default none; filled only with a ChatGPT login.
    #[serde(default)]
    pub featured_plugin_ids: Vec<String>,
}

/// A marketplace and plugins it offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginMarketplaceEntry {
    /// Name of the marketplace.
    pub name: String,
    /// Absolute path of its file; null for one that exists only in the remote catalogue.
    pub path: Option<AbsolutePathBuf>,
    /// How to show it; null when nothing is told.
    pub interface: Option<MarketplaceInterface>,
    /// Its plugins.
    pub plugins: Vec<PluginSummary>,
}

/// Params of `plugin/search`: what to search, where, and which page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSearchParams {
    /// What to search for.
    pub search_term: String,
    /// Where to search. Absent or null: not limited by the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<PluginSearchScope>,
    /// Absolute folders of the client's projects. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwds: Option<Vec<AbsolutePathBuf>>,
    /// Where to go on: `nextCursor` of the page before. Absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Most results in one page. Absent or null: the server chooses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `plugin/search`: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSearchResponse {
    /// What was found.
    pub data: Vec<PluginSearchResult>,
    /// Cursor for the page after this one; null at the end.
    pub next_cursor: Option<String>,
}

/// A plugin that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSearchResult {
    /// The plugin.
    pub plugin: PluginSummary,
    /// Name of the marketplace that offers it.
    pub marketplace_name: String,
    /// Absolute path of the marketplace file; null for the remote catalogue.
    pub marketplace_path: Option<AbsolutePathBuf>,
}

/// Where to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PluginSearchScope {
    /// In what is offered to everybody.
    Global,
    /// In what the workspace offers.
    Workspace,
    /// In the user's own plugins.
    Personal,
}

/// Where the files of a plugin come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum PluginSource {
    /// A folder on this machine.
    Local {
        /// Absolute path of the folder.
        path: AbsolutePathBuf,
    },
    /// A git repository.
    Git {
        /// URL of the repository.
        url: String,
        /// Folder of the plugin in the repository; null for the whole of it.
        path: Option<String>,
        /// Branch or tag; null when not fixed.
        ref_name: Option<String>,
        /// Commit; null when not fixed.
        sha: Option<String>,
    },
    /// An npm package.
    Npm {
        /// Name of the package.
        package: String,
        /// Version, or range of versions; null when not fixed.
        version: Option<String>,
        /// HTTPS URL of the registry; null for the usual one. Credentials are not here but in the user's npm
        /// configuration.
        registry: Option<String>,
    },
    /// The remote catalogue; how to download it is known to the server only.
    Remote,
}

/// A plugin as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSummary {
    /// Id of the plugin: `name@marketplace`.
    pub id: String,
    /// Its id in the remote catalogue; null when it is not there.
    pub remote_plugin_id: Option<String>,
    /// Version that the remote catalogue offers; null when not told.
    #[serde(default)]
    pub version: Option<String>,
    /// Version of the files on this machine; null when there are none or they tell none.
    #[serde(default)]
    pub local_version: Option<String>,
    /// Name of the plugin in its marketplace.
    pub name: String,
    /// With whom and how it is shared; null when it is not shared or nothing is known.
    pub share_context: Option<PluginShareContext>,
    /// Where its files come from.
    pub source: PluginSource,
    /// Whether it is installed.
    pub installed: bool,
    /// When a remote plugin was installed, in Unix seconds; null when not known.
    #[serde(default)]
    pub installed_at: Option<i64>,
    /// Whether it is switched on in the configuration.
    pub enabled: bool,
    /// Whether it may be installed.
    pub install_policy: PluginInstallPolicy,
    /// Where that policy comes from; null when not told.
    pub install_policy_source: Option<PluginInstallPolicySource>,
    /// Whether clients have to show a page before installing it; null when not told.
    #[serde(default)]
    pub must_show_installation_interstitial: Option<bool>,
    /// When logins at its apps are asked for.
    pub auth_policy: PluginAuthPolicy,
    /// Whether it can be installed and used. Default `AVAILABLE`.
    #[serde(default)]
    pub availability: PluginAvailability,
    /// Why a remote plugin is not available; null when it is, or when no reason is told.
    #[serde(default)]
    pub disabled_reason: Option<PluginDisabledReason>,
    /// Plans that may install it, by the backend's own names; null when not told.
    #[serde(default)]
    pub eligible_plan_types: Option<Vec<String>>,
    /// How to show it; null when nothing is told, as when its folder is missing.
    pub interface: Option<PluginInterface>,
    /// Words to find it by. Default none.
    #[serde(default)]
    pub keywords: Vec<String>,
}
