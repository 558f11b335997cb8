//! Reports of the user about the product: sent to its makers, or saved as a ZIP file for the user to pass on.
//! `[feedback] enabled = false` in the configuration refuses sending.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::scalars::{LegacyAppPathString, PathText};

/// Params of `feedback/save`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackSaveParams {
    /// ZIP file to write on the server's machine; absolute, and not there yet. It belongs to the client, even when the
    /// connection is lost before the answer.
    pub save_path: LegacyAppPathString,
    /// Kind of feedback, in the client's words.
    pub classification: String,
    /// What the user has to say. Absent or null: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The thread it is about. Absent or null: none in particular.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Adds logs. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_logs: bool,
    /// Paths of more files to add, on the server's machine. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra_log_files: Option<Vec<PathText>>,
    /// Tags of the client's own, by name. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

impl<'de> Deserialize<'de> for FeedbackSaveParams {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Saved { save_path, report } = Saved::deserialize(deserializer)?;
        let FeedbackUploadParams { classification, reason, thread_id, include_logs, extra_log_files, tags } = report;
        Ok(Self { save_path, classification, reason, thread_id, include_logs, extra_log_files, tags })
    }
}

/// The params in two steps, as the reference reads them: without a path nothing else is looked at.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "struct FeedbackSaveParams")]
struct Saved {
    save_path: LegacyAppPathString,
    #[serde(flatten)]
    report: FeedbackUploadParams,
}

/// Result of `feedback/save`: the file is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackSaveResponse {
    /// The file that was written; only its owner may read it.
    pub saved_path: LegacyAppPathString,
    /// Thread id that the report carries.
    pub thread_id: String,
    /// Hash of the base instructions, as `feedback/upload` gives it; null when no prompt is recorded.
    pub prompt_hash: Option<String>,
}

/// Params of `feedback/upload`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackUploadParams {
    /// Kind of feedback, in the client's words.
    pub classification: String,
    /// What the user has to say. Absent or null: nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The thread it is about; a malformed id is refused. Absent or null: none in particular.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    /// Adds logs. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub include_logs: bool,
    /// Paths of more files to add, on the server's machine. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extra_log_files: Option<Vec<PathText>>,
    /// Tags of the client's own, by name. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
}

/// Result of `feedback/upload`: the report was delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackUploadResponse {
    /// Thread id that the report carries.
    pub thread_id: String,
    /// SHA-256 of the base instructions of the session, white space normalised and later developer messages not
    /// counted; equals the tag `prompt_hash` of the report. Null when no prompt is recorded.
    #[serde(default)]
    pub prompt_hash: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    #[test]
    fn the_path_to_save_to_is_missed_first() {
        let refusal = |value: Value| from_value::<FeedbackSaveParams>(value).unwrap_err().to_string();
        assert_eq!(refusal(json!({ "classification": 1 })), "missing field `savePath`");
        assert_eq!(refusal(json!([])), "invalid type: sequence, expected struct FeedbackSaveParams");
        let text = refusal(json!({ "savePath": "/x", "classification": "c", "extraLogFiles": [1] }));
        assert_eq!(text, "invalid type: integer `1`, expected path string");
    }
}
