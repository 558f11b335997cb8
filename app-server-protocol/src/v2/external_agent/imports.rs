//! Importing what `externalAgentConfig/detect` found of another coding agent, and the history of such imports. An
//! import runs in the background: its answer gives an id, progress and outcome come as notifications.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::PathText;
use crate::v2::{ExternalAgentConfigMigrationItem, ExternalAgentConfigMigrationItemType};

/// Params of `externalAgentConfig/import/completed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportCompletedNotification {
    /// The import that has ended.
    pub import_id: String,
    /// All results, by kind of item.
    pub item_type_results: Vec<ExternalAgentConfigImportTypeResult>,
}

/// Result of `externalAgentConfig/import/readHistories`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExternalAgentConfigImportHistoriesReadResponse {
    /// The imports on record; empty when there was none.
    pub data: Vec<ExternalAgentConfigImportHistory>,
    /// Connectors that imports brought up; may be empty.
    pub connectors: Vec<ExternalAgentImportedConnectorCandidate>,
}

/// An import on record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportHistory {
    /// Id of the import.
    pub import_id: String,
    /// Provider that the client named for it; null when it named none.
    pub provider_id: Option<String>,
    /// When it ended, in Unix milliseconds.
    pub completed_at_ms: i64,
    /// What was imported.
    pub successes: Vec<ExternalAgentConfigImportItemTypeSuccess>,
    /// What could not be imported.
    pub failures: Vec<ExternalAgentConfigImportItemTypeFailure>,
}

/// Params of `externalAgentConfig/import/recordHistory`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportHistoryRecordParams {
    /// Provider whose things were imported; any text, not interpreted.
    pub provider_id: String,
    /// How it went, by kind of item.
    pub item_type_results: Vec<ExternalAgentConfigImportHistoryRecordTypeResultParams>,
}

/// Result of `externalAgentConfig/import/recordHistory`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportHistoryRecordResponse {
    /// Id that the import has in the history.
    pub import_id: String,
}

/// Something that was imported outside the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportHistoryRecordSuccessParams {
    /// What kind of thing it is.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// Working directory it belongs to; absent or null when it belongs to none.
    pub cwd: Option<PathText>,
    /// What it was imported from. Absent or null: not told.
    pub source: Option<String>,
    /// What it was imported to. Absent or null: not told.
    pub target: Option<String>,
    /// Title that a session had before; absent or null when there is none to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// How an import outside the server went for one kind of item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportHistoryRecordTypeResultParams {
    /// The kind of item.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// What was imported.
    pub successes: Vec<ExternalAgentConfigImportHistoryRecordSuccessParams>,
    /// What could not be imported.
    pub failures: Vec<ExternalAgentConfigImportItemTypeFailure>,
}

/// Something that could not be imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportItemTypeFailure {
    /// What kind of thing it is.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// Class of the error; null when it has none.
    pub error_type: Option<String>,
    /// Finer class of the error; null when it has none.
    pub sub_error_type: Option<String>,
    /// Step of the import that failed.
    pub failure_stage: String,
    /// What went wrong, for people.
    pub message: String,
    /// Working directory it belongs to; null when it belongs to none.
    pub cwd: Option<PathText>,
    /// What it should have been imported from; null when unknown.
    pub source: Option<String>,
}

/// Something that was imported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportItemTypeSuccess {
    /// What kind of thing it is.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// Working directory it belongs to; null when it belongs to none.
    pub cwd: Option<String>,
    /// What it was imported from; null when unknown.
    pub source: Option<String>,
    /// What it was imported to; null when unknown.
    pub target: Option<String>,
    /// Title that the session had before; null for everything but sessions.
    #[serde(default)]
    pub title: Option<String>,
}

/// Params of `externalAgentConfig/import`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportParams {
    /// What to import, as detection gave it; an empty list imports nothing.
    pub migration_items: Vec<ExternalAgentConfigMigrationItem>,
    /// Product that started the import. Absent or null: not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Provider to name in the history and in statistics; any text. Does not choose what is imported from:
    /// `migrationSource` does. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Which agent the items come from; give what detection got. Absent, null or a value the server does not know: the
    /// default one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub migration_source: Option<String>,
}

/// Params of `externalAgentConfig/import/progress`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportProgressNotification {
    /// The import that goes on.
    pub import_id: String,
    /// What has been done, by kind of item.
    pub item_type_results: Vec<ExternalAgentConfigImportTypeResult>,
}

/// Result of `externalAgentConfig/import`; the import goes on after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportResponse {
    /// Id of the import, as its notifications and the history carry it.
    pub import_id: String,
}

/// How an import went for one kind of item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentConfigImportTypeResult {
    /// The kind of item.
    pub item_type: ExternalAgentConfigMigrationItemType,
    /// What was imported.
    pub successes: Vec<ExternalAgentConfigImportItemTypeSuccess>,
    /// What could not be imported.
    pub failures: Vec<ExternalAgentConfigImportItemTypeFailure>,
}

/// A connector that an import brought up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExternalAgentImportedConnectorCandidate {
    /// Name of the connector.
    pub name: String,
    /// In how many sessions it turned up.
    pub session_count: u32,
    /// How it was noticed.
    pub source: ExternalAgentImportedConnectorSource,
}

/// How a connector of an import was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ExternalAgentImportedConnectorSource {
    /// Remote MCP servers were configured for it.
    RemoteMcpServersConfig,
}
