//! Apps, also called connectors: services the model can use through ChatGPT. What the directory offers, what is known
//! about single apps, and which ones can be called now; without a ChatGPT login or with the feature `apps` off there
//! are none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How an app presents itself. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppBranding {
    /// Category in the directory; null when none is given.
    pub category: Option<String>,
    /// Name of the developer; null when none is given.
    pub developer: Option<String>,
    /// URL of the website; null when none is given.
    pub website: Option<String>,
    /// The privacy policy, commonly its URL; null when none is given.
    pub privacy_policy: Option<String>,
    /// The terms of service, commonly their URL; null when none are given.
    pub terms_of_service: Option<String>,
    /// Whether the app may be found by looking through the directory.
    pub is_discoverable_app: bool,
}

/// An app in `app/list`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    /// Id of the app, as used in `[apps.<id>]` of the configuration and in `app://<id>`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it does, for people; null when none is given.
    pub description: Option<String>,
    /// URL of the logo; null when there is none.
    pub logo_url: Option<String>,
    /// URL of the logo for dark backgrounds; null when there is none.
    pub logo_url_dark: Option<String>,
    /// Icons by the backend's names for them; null when there are none.
    pub icon_assets: Option<BTreeMap<String, String>>,
    /// Icons for dark backgrounds by the backend's names for them; null when there are none.
    pub icon_dark_assets: Option<BTreeMap<String, String>>,
    /// Channel through which the app is distributed; null when unknown.
    pub distribution_channel: Option<String>,
    /// How it presents itself; null when not told.
    pub branding: Option<AppBranding>,
    /// Further details from the directory; null when not told.
    pub app_metadata: Option<AppMetadata>,
    /// Labels of the app, by key; null when there are none.
    pub labels: Option<BTreeMap<String, String>>,
    /// Page where the user can connect it; null when there is none.
    pub install_url: Option<String>,
    /// Whether the signed-in user has access to it. Default false.
    #[serde(default)]
    pub is_accessible: bool,
    /// False when `enabled = false` under `[apps.<id>]` of the configuration switches it off. Default true.
    #[serde(default = "crate::default_true")]
    pub is_enabled: bool,
    /// Names of the plugins that bring it, for people. Default empty.
    #[serde(default)]
    pub plugin_display_names: Vec<String>,
}

/// `app/list/updated`: the apps as known now. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppListUpdatedNotification {
    /// The list as merged so far, apps the user has access to first.
    pub data: Vec<AppInfo>,
}

/// Details of an app from the directory; what is not told is null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppMetadata {
    /// How its review stands.
    pub review: Option<AppReview>,
    /// Categories in the directory.
    pub categories: Option<Vec<String>>,
    /// Narrower categories.
    pub sub_categories: Option<Vec<String>>,
    /// Description written for search engines.
    pub seo_description: Option<String>,
    /// Pictures of the app.
    pub screenshots: Option<Vec<AppScreenshot>>,
    /// Name of the developer.
    pub developer: Option<String>,
    /// Version, as the developer writes it.
    pub version: Option<String>,
    /// Id of that version.
    pub version_id: Option<String>,
    /// What is new in that version, for people.
    pub version_notes: Option<String>,
    /// Whether an app of the vendor's own must be installed first.
    pub first_party_requires_install: Option<bool>,
    /// Whether to offer it in the composer before the user has connected it.
    pub show_in_composer_when_unlinked: Option<bool>,
}

/// How the vendor's review of an app stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppReview {
    /// State of the review, in the backend's words.
    pub status: String,
}

/// A picture of an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppScreenshot {
    /// URL of the picture; null when not told.
    pub url: Option<String>,
    /// Id of the picture's file at the backend; null when not told.
    pub file_id: Option<String>,
    /// What the user asked in the scene shown.
    pub user_prompt: String,
}

/// A tool of an app, for display only. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppToolSummary {
    /// Name of the tool.
    pub name: String,
    /// Name for people; null when there is none.
    pub title: Option<String>,
    /// What it does.
    pub description: String,
    /// Whether it may be used. Default true.
    #[serde(default = "crate::default_true")]
    pub is_enabled: bool,
    /// Why it may not be used; null when it may or no reason is told.
    pub disabled_reason: Option<String>,
    /// Whether it only reads. Default false.
    #[serde(default)]
    pub is_read_only: bool,
}

/// Params of `app/installed`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppsInstalledParams {
    /// A loaded thread whose configuration decides what is enabled; absent or null: no thread's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Fetches the tools of hosted apps anew before answering, where apps are allowed. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub force_refresh: bool,
}

/// Result of `app/installed`: one published state, taken as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppsInstalledResponse {
    /// The installed apps; empty without any.
    pub apps: Vec<InstalledApp>,
}

/// Params of `app/list`. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppsListParams {
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Apps per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// A thread whose configuration decides whether apps are on; absent or null: no thread's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Asks the sources anew instead of answering from caches. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub force_refetch: bool,
}

/// Result of `app/list`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppsListResponse {
    /// The apps of this page, those the user has access to first.
    pub data: Vec<AppInfo>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `app/read`: which apps, and in how much detail. Experimental.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppsReadParams {
    /// Ids to look up, at most 100; repeated ones count once, at their first place.
    pub app_ids: Vec<String>,
    /// A loaded thread whose configuration decides what is enabled; absent or null: no thread's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Adds summaries of the apps' tools, meant for display. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_tools: bool,
}

/// Result of `app/read`. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AppsReadResponse {
    /// The apps that were found.
    pub apps: Vec<ConnectorMetadata>,
    /// Ids asked for that were not found.
    pub missing_app_ids: Vec<String>,
}

/// What is known about one app. Experimental.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConnectorMetadata {
    /// Id of the app.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it does, for people; null when none is given.
    pub description: Option<String>,
    /// URL of the icon; null when there is none.
    pub icon_url: Option<String>,
    /// URL of the icon for dark backgrounds; null when there is none.
    pub icon_url_dark: Option<String>,
    /// Channel through which the app is distributed; null when unknown.
    pub distribution_channel: Option<String>,
    /// Page where the user can connect it; null when there is none.
    pub install_url: Option<String>,
    /// Names of the plugins that bring it, for people. Default empty.
    #[serde(default)]
    pub plugin_display_names: Vec<String>,
    /// Its tools; null unless `includeTools` asked for them.
    pub tool_summaries: Option<Vec<AppToolSummary>>,
}

/// How an installed app stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct InstalledApp {
    /// Id of the app.
    pub id: String,
    /// Name as far as the tool list carries one, else null; `app/read` has the name that counts.
    pub runtime_name: Option<String>,
    /// Whether the configuration as a whole, managed settings included, leaves it on at the time of reading.
    pub enabled: bool,
    /// Whether it is on and the model can see at least one real tool of it that the policies for MCP, apps and tools
    /// allow.
    pub callable: bool,
}
