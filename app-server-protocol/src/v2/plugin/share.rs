//! Sharing plugins with other people through the ChatGPT plugin catalogue: upload, targets, listing, checkout and
//! deletion. Every method needs a ChatGPT login and is refused with -32600 without one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;
use crate::v2::PluginSummary;

/// Params of `plugin/share/checkout`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareCheckoutParams {
    /// Catalogue id of the plugin to fetch.
    pub remote_plugin_id: String,
}

/// Result of `plugin/share/checkout`: where the plugin is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareCheckoutResponse {
    /// Its id in the catalogue.
    pub remote_plugin_id: String,
    /// Its local id, `name@marketplace`.
    pub plugin_id: String,
    /// Its name within the marketplace.
    pub plugin_name: String,
    /// The local folder that holds it.
    pub plugin_path: AbsolutePathBuf,
    /// Name of the marketplace that lists it.
    pub marketplace_name: String,
    /// File of that marketplace.
    pub marketplace_path: AbsolutePathBuf,
    /// The version that was fetched; null when unknown.
    pub remote_version: Option<String>,
}

/// What the catalogue knows about the sharing of a plugin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareContext {
    /// Id of the shared plugin in the catalogue.
    pub remote_plugin_id: String,
    /// Version of the shared release; null when unknown.
    #[serde(default)]
    pub remote_version: Option<String>,
    /// How it can be found; null when unknown.
    pub discoverability: Option<PluginShareDiscoverability>,
    /// Link to it; null when there is none.
    pub share_url: Option<String>,
    /// Account user id of who shared it; null when unknown.
    pub creator_account_user_id: Option<String>,
    /// Name of who shared it, for people; null when unknown.
    pub creator_name: Option<String>,
    /// Everyone who has a role on it; null when not known.
    pub share_principals: Option<Vec<PluginSharePrincipal>>,
    /// Whether the caller may publish it to the workspace; null when unknown.
    #[serde(default)]
    pub can_publish_to_workspace: Option<bool>,
}

/// Params of `plugin/share/delete`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareDeleteParams {
    /// Catalogue id of the plugin to delete.
    pub remote_plugin_id: String,
}

/// Result of `plugin/share/delete`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginShareDeleteResponse {}

/// How a shared plugin can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginShareDiscoverability {
    /// It appears in listings.
    Listed,
    /// It is left out of listings.
    Unlisted,
    /// It is private.
    Private,
}

/// A shared plugin in `plugin/share/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareListItem {
    /// The plugin; its `shareContext` tells about the sharing.
    pub plugin: PluginSummary,
    /// Local folder the plugin belongs to; null when there is none.
    pub local_plugin_path: Option<AbsolutePathBuf>,
}

/// Params of `plugin/share/list`; an object without fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginShareListParams {}

/// Result of `plugin/share/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginShareListResponse {
    /// The shared plugins, all on one page.
    pub data: Vec<PluginShareListItem>,
}

/// Someone with a role on a shared plugin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginSharePrincipal {
    /// What kind of principal it is.
    pub principal_type: PluginSharePrincipalType,
    /// Id within that kind.
    pub principal_id: String,
    /// What the principal may do.
    pub role: PluginSharePrincipalRole,
    /// Name for people.
    pub name: String,
}

/// What a principal may do with a shared plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PluginSharePrincipalRole {
    /// Use it.
    Reader,
    /// Change it as well.
    Editor,
    /// Everything; cannot be given by sharing.
    Owner,
}

/// Kinds of principals a plugin can be shared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PluginSharePrincipalType {
    /// One person.
    User,
    /// A group of people.
    Group,
    /// A whole workspace.
    Workspace,
}

/// Params of `plugin/share/save`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareSaveParams {
    /// Local folder of the plugin to upload; absolute.
    pub plugin_path: AbsolutePathBuf,
    /// The shared plugin to update; absent or null: a new share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_plugin_id: Option<String>,
    /// How it can be found; absent or null: left to the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discoverability: Option<PluginShareDiscoverability>,
    /// With whom to share it; absent or null: left to the catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_targets: Option<Vec<PluginShareTarget>>,
}

/// Result of `plugin/share/save`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareSaveResponse {
    /// Id of the shared plugin, for the other `plugin/share` methods.
    pub remote_plugin_id: String,
    /// Link to it.
    pub share_url: String,
    /// Whether the caller may publish it to the workspace; null when unknown.
    #[serde(default)]
    pub can_publish_to_workspace: Option<bool>,
}

/// Someone to share a plugin with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareTarget {
    /// What kind of principal it is.
    pub principal_type: PluginSharePrincipalType,
    /// Id within that kind.
    pub principal_id: String,
    /// The role to give.
    pub role: PluginShareTargetRole,
}

/// Roles that can be given; ownership cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PluginShareTargetRole {
    /// To use it.
    Reader,
    /// To change it as well.
    Editor,
}

/// How a shared plugin shall be found from now on; same values as in the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PluginShareUpdateDiscoverability {
    /// Left out of listings.
    Unlisted,
    /// Private.
    Private,
    /// In listings.
    Listed,
}

/// Params of `plugin/share/updateTargets`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginShareUpdateTargetsParams {
    /// Catalogue id of the plugin whose sharing changes.
    pub remote_plugin_id: String,
    /// How it can be found; always to be given.
    pub discoverability: PluginShareUpdateDiscoverability,
    /// With whom to share it; always to be given.
    pub share_targets: Vec<PluginShareTarget>,
}

/// Result of `plugin/share/updateTargets`: the state after the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginShareUpdateTargetsResponse {
    /// Everyone who has a role on it now.
    pub principals: Vec<PluginSharePrincipal>,
    /// How it can be found now.
    pub discoverability: PluginShareDiscoverability,
}
