//! Installing and removing plugins, and bringing those of the remote catalogue up to date. An installed plugin lies in
//! the cache below the home folder of the server and has an entry in the user's configuration.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;
use crate::v2::{AppSummary, PluginAuthPolicy};

/// Params of `plugin/install`: which plugin, from where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginInstallParams {
    /// Absolute path of the marketplace file. Given instead of `remoteMarketplaceName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace_path: Option<AbsolutePathBuf>,
    /// Name of a marketplace of the remote catalogue. Given instead of `marketplacePath`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_marketplace_name: Option<String>,
    /// Id the client chose for this attempt, to recognise it in logs and statistics. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub install_attempt_id: Option<String>,
    /// Name of the plugin in the marketplace, without `@marketplace`.
    pub plugin_name: String,
}

/// Result of `plugin/install`: what the user may have to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginInstallResponse {
    /// When logins at its apps are asked for.
    pub auth_policy: PluginAuthPolicy,
    /// Apps of the plugin that the user has yet to connect; empty when there are none.
    pub apps_needing_auth: Vec<AppSummary>,
}

/// A plugin that changed, and which parts of a running server may be affected. The flags follow what the plugin
/// declares, before policies apply; for an update old and new version count together, for a removal the old one,
/// otherwise the one in the cache.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginReconcileChangedPlugin {
    /// The plugin as `name@marketplace`, the same as `id` of `PluginSummary`.
    pub id: String,
    /// Whether MCP servers may be affected.
    pub has_mcps: bool,
    /// Whether apps may be affected.
    pub has_apps: bool,
    /// Whether hooks may be affected.
    pub has_hooks: bool,
    /// Whether skills may be affected: the old or the new version names folders for them, whatever these hold.
    pub has_skills: bool,
}

/// Params of `plugin/reconcile`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginReconcileParams {
    /// Why the client asks, in its own words; kept with the attempt. Absent or null: not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Result of `plugin/reconcile`: what this one pass changed. It neither adds up since the last request nor means that
/// running threads use it already; changes of metadata alone are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginReconcileResponse {
    /// Plugins with a new version, switched on or off, installed again from the cache, or removed, compared with the
    /// state cached before. A removal is listed also when clearing the cache failed.
    pub changed_plugins: Vec<PluginReconcileChangedPlugin>,
    /// Ids in the remote catalogue of plugins whose files or identity could not be updated.
    pub failed_remote_plugin_ids: Vec<String>,
    /// Those of `failedRemotePluginIds` whose files could not be fetched and unpacked; an older version may still lie
    /// in the cache.
    pub failed_materialization_remote_plugin_ids: Vec<String>,
}

/// Params of `plugin/uninstall`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PluginUninstallParams {
    /// The plugin as `name@marketplace`; an id without `@` is taken for one of the remote catalogue.
    pub plugin_id: String,
}

/// Result of `plugin/uninstall`; it has no fields: an answer means that it is gone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PluginUninstallResponse {}
