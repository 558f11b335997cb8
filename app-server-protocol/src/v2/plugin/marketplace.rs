//! Marketplaces: the lists that plugins are installed from. Each one is a folder with
//! `.agents/plugins/marketplace.json`; its configuration is kept under `[marketplaces.<name>]` in `config.toml`. A
//! local folder stays where it is, a git source is cloned into the server's home folder.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;

/// Params of `marketplace/add`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceAddParams {
    /// Where it comes from: a local folder (absolute, or starting with `./`), `owner/repo`, or a git URL; not empty,
    /// and `file://` is refused. A URL may hold credentials: those are secrets and never logged.
    pub source: String,
    /// Git ref to check out, such as a branch or tag; absent or null: the repository's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ref_name: Option<String>,
    /// Paths of the repository to check out, leaving out the rest; absent or null: everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sparse_paths: Option<Vec<String>>,
}

/// Result of `marketplace/add`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceAddResponse {
    /// Name of the marketplace, by which the other methods know it.
    pub marketplace_name: String,
    /// Folder it is read from: the local source itself, or the clone.
    pub installed_root: AbsolutePathBuf,
    /// True when it had been added before.
    pub already_added: bool,
}

/// How a marketplace presents itself to people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceInterface {
    /// Name to show; null when it gives none.
    pub display_name: Option<String>,
}

/// A marketplace file that could not be loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceLoadErrorInfo {
    /// The broken file.
    pub marketplace_path: AbsolutePathBuf,
    /// What is wrong with it, for people.
    pub message: String,
}

/// Params of `marketplace/remove`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceRemoveParams {
    /// Name of the marketplace to remove; it must be configured or installed.
    pub marketplace_name: String,
}

/// Result of `marketplace/remove`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceRemoveResponse {
    /// Name of the one that was removed.
    pub marketplace_name: String,
    /// The folder it was installed in; null when there is none to name.
    pub installed_root: Option<AbsolutePathBuf>,
}

/// A marketplace whose upgrade failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceUpgradeErrorInfo {
    /// The marketplace.
    pub marketplace_name: String,
    /// Why it failed, for people.
    pub message: String,
}

/// Params of `marketplace/upgrade`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceUpgradeParams {
    /// The one to upgrade; absent or null: every marketplace that comes from git.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marketplace_name: Option<String>,
}

/// Result of `marketplace/upgrade`; three empty lists when there was nothing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceUpgradeResponse {
    /// Names of the marketplaces chosen for the upgrade.
    pub selected_marketplaces: Vec<String>,
    /// Folders of those that were upgraded.
    pub upgraded_roots: Vec<AbsolutePathBuf>,
    /// Those that failed; empty when none did.
    pub errors: Vec<MarketplaceUpgradeErrorInfo>,
}
