//! Search for files whose path loosely matches what was typed: at once by `fuzzyFileSearch`, or by a session that keeps
//! up with a search field (experimental).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum FuzzyFileSearchMatchType {
    /// A file.
    File,
    /// A directory.
    Directory,
}

/// Params of `fuzzyFileSearch`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchParams {
    /// The text to look for; empty finds nothing.
    pub query: String,
    /// The directories to search in. An empty list or a missing directory finds nothing and is no error.
    pub roots: Vec<String>,
    /// Name of the client's choice for a series of searches: a call cancels an earlier one with the same. Absent or
    /// null: it cancels none.
    pub cancellation_token: Option<String>,
}

/// Result of `fuzzyFileSearch`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchResponse {
    /// What was found, at most 50 entries; empty when nothing matches.
    pub files: Vec<FuzzyFileSearchResult>,
}

/// One file or directory that matches. Its fields are in snake case on the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchResult {
    /// The searched directory it lies in.
    pub root: String,
    /// Where it lies, relative to `root`.
    pub path: String,
    /// Whether it is a file or a directory.
    pub match_type: FuzzyFileSearchMatchType,
    /// Last part of the path.
    pub file_name: String,
    /// How well it matches, on a scale of the server.
    pub score: u32,
    /// Positions in `path` that match the query, from 0, for highlighting; null when not told.
    pub indices: Option<Vec<u32>>,
}

/// `fuzzyFileSearch/sessionCompleted`: the search for the session's query is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionCompletedNotification {
    /// The session, by the client's id.
    pub session_id: String,
}

/// Params of `fuzzyFileSearch/sessionStart`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionStartParams {
    /// Id of the client's choice for the session; empty is refused.
    pub session_id: String,
    /// The directories to search in, for all queries of the session.
    pub roots: Vec<String>,
}

/// Result of `fuzzyFileSearch/sessionStart`; it has no fields: an answer means that the session is open.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionStartResponse {}

/// Params of `fuzzyFileSearch/sessionStop`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionStopParams {
    /// The session to end; unknown ones are accepted.
    pub session_id: String,
}

/// Result of `fuzzyFileSearch/sessionStop`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionStopResponse {}

/// Params of `fuzzyFileSearch/sessionUpdate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionUpdateParams {
    /// The session; it must be open.
    pub session_id: String,
    /// The text to look for from now on, in place of the former one; empty clears the results.
    pub query: String,
}

/// Result of `fuzzyFileSearch/sessionUpdate`; it has no fields, the results come as notifications.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionUpdateResponse {}

/// `fuzzyFileSearch/sessionUpdated`: what a session has found so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct FuzzyFileSearchSessionUpdatedNotification {
    /// The session, by the client's id.
    pub session_id: String,
    /// The query that the files belong to; tells late results of an older query apart.
    pub query: String,
    /// What was found for the query; may be empty.
    pub files: Vec<FuzzyFileSearchResult>,
}
