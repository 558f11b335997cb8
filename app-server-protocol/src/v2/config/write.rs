//! Writing the user's configuration file: one value or several at once. A write takes effect as a whole or not at all,
//! keeps comments and order of the file, and is checked against the requirements; only the user's own file can be
//! written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::scalars::AbsolutePathBuf;
use crate::v2::ConfigLayerMetadata;

/// Params of `config/batchWrite`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigBatchWriteParams {
    /// The edits, made in this order; an empty list is fine.
    pub edits: Vec<ConfigEdit>,
    /// File to write; absolute. Absent or null: the user's `config.toml`, and any other file is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// Version of the user's layer that the edits were made for; another one refuses the write. Absent or null: not
    /// checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_version: Option<String>,
    /// True applies the new settings to loaded threads too, except the defaults for model, reasoning effort (also of
    /// Plan mode), service tier and the deprecated personality. Default false; new threads see every write.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub reload_user_config: bool,
}

/// One change to the configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigEdit {
    /// Key to change, as segments with dots between; a segment in double quotes may hold dots. Never goes into arrays,
    /// and must not be empty.
    pub key_path: String,
    /// The new value; null removes the key. It cannot be left out, and must hold no null inside and no integer beyond
    /// 64 bits signed.
    pub value: JsonValue,
    /// What happens to a value that is there already.
    pub merge_strategy: MergeStrategy,
}

/// Params of `config/value/write`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigValueWriteParams {
    /// Key to change, as segments with dots between; a segment in double quotes may hold dots. Never goes into arrays,
    /// and must not be empty.
    pub key_path: String,
    /// The new value; null removes the key. It cannot be left out, and must hold no null inside and no integer beyond
    /// 64 bits signed.
    pub value: JsonValue,
    /// What happens to a value that is there already.
    pub merge_strategy: MergeStrategy,
    /// File to write; absolute. Absent or null: the user's `config.toml`, and any other file is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    /// Version of the user's layer that the value was chosen for; another one refuses the write. Absent or null: not
    /// checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_version: Option<String>,
}

/// Result of `config/value/write` and `config/batchWrite`: the file was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfigWriteResponse {
    /// Whether what was written is also in effect.
    pub status: WriteStatus,
    /// Version of the user's layer after the write, for the next `expectedVersion`.
    pub version: String,
    /// The file that was written; absolute and normalised.
    pub file_path: AbsolutePathBuf,
    /// What is in effect in place of the written value; null when `status` is `ok`. Tells of the first edit that is
    /// overridden.
    pub overridden_metadata: Option<OverriddenMetadata>,
}

/// How a new value meets an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MergeStrategy {
    /// The new value takes the place of the old one.
    Replace,
    /// Two tables are merged, at all depths; anything else is replaced.
    Upsert,
}

/// Why a written value is not in effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OverriddenMetadata {
    /// The reason, for people.
    pub message: String,
    /// The layer whose value wins.
    pub overriding_layer: ConfigLayerMetadata,
    /// The value that is in effect.
    pub effective_value: JsonValue,
}

/// Whether a written value is in effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum WriteStatus {
    /// It is.
    Ok,
    /// It was written, but a layer above sets another value.
    OkOverridden,
}
