//! Files of the server's machine: read, write, list, copy, remove and watch. All paths are absolute, no sandbox
//! applies, and a relative path makes the whole request invalid. Errors of the system come as -32603 with its own text,
//! wrong kinds of file as -32600.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;

/// `fs/changed`: what changed under one watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsChangedNotification {
    /// The watch, by the id the client chose for it.
    pub watch_id: String,
    /// The files and directories that changed, absolute and sorted.
    pub changed_paths: Vec<AbsolutePathBuf>,
}

/// Params of `fs/copy`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsCopyParams {
    /// What to copy, absolute: a regular file, a directory or a symbolic link.
    pub source_path: AbsolutePathBuf,
    /// Where the copy goes, absolute; not inside the directory that is copied.
    pub destination_path: AbsolutePathBuf,
    /// Must be true to copy a directory; without effect on a file. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub recursive: bool,
}

/// Result of `fs/copy`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsCopyResponse {}

/// Params of `fs/createDirectory`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsCreateDirectoryParams {
    /// The directory to create, absolute.
    pub path: AbsolutePathBuf,
    /// Also creates missing parents and accepts a directory that exists. Absent or null: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recursive: Option<bool>,
}

/// Result of `fs/createDirectory`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsCreateDirectoryResponse {}

/// Params of `fs/getMetadata`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsGetMetadataParams {
    /// The file or directory to look at, absolute.
    pub path: AbsolutePathBuf,
}

/// Result of `fs/getMetadata`. The kinds speak of the target of a symbolic link, except `isSymlink`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsGetMetadataResponse {
    /// Whether it is a directory, links followed.
    pub is_directory: bool,
    /// Whether it is a regular file, links followed.
    pub is_file: bool,
    /// Whether the path is itself a link, whatever that leads to.
    pub is_symlink: bool,
    /// When it was created, in Unix milliseconds; 0 when unknown.
    pub created_at_ms: i64,
    /// When its content last changed, in Unix milliseconds; 0 when unknown.
    pub modified_at_ms: i64,
}

/// One name in a directory, with its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsReadDirectoryEntry {
    /// The bare name; append it to the path of the directory to get at the entry.
    pub file_name: String,
    /// Whether it is a directory, links followed.
    pub is_directory: bool,
    /// Whether it is a regular file, links followed.
    pub is_file: bool,
}

/// Params of `fs/readDirectory`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsReadDirectoryParams {
    /// The directory to list, absolute.
    pub path: AbsolutePathBuf,
}

/// Result of `fs/readDirectory`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsReadDirectoryResponse {
    /// What lies directly in the directory, unsorted; nothing of deeper levels.
    pub entries: Vec<FsReadDirectoryEntry>,
}

/// Params of `fs/readFile`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsReadFileParams {
    /// The file to read, absolute.
    pub path: AbsolutePathBuf,
}

/// Result of `fs/readFile`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsReadFileResponse {
    /// The whole content, as base64.
    pub data_base64: String,
}

/// Params of `fs/remove`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsRemoveParams {
    /// What to remove, absolute: a file or a directory.
    pub path: AbsolutePathBuf,
    /// Removes a directory together with all it contains. Absent or null: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recursive: Option<bool>,
    /// Counts a path that does not exist as removed instead of failing. Absent or null: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force: Option<bool>,
}

/// Result of `fs/remove`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsRemoveResponse {}

/// Params of `fs/unwatch`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsUnwatchParams {
    /// The watch to end, by the id given to `fs/watch` on this connection.
    pub watch_id: String,
}

/// Result of `fs/unwatch`; it has no fields, and comes for unknown watches too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsUnwatchResponse {}

/// Params of `fs/watch`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsWatchParams {
    /// Id of the client's choice, unique among the watches of its connection; the notifications carry it. It may be
    /// empty.
    pub watch_id: String,
    /// The file or directory to watch, absolute; it need not exist.
    pub path: AbsolutePathBuf,
}

/// Result of `fs/watch`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsWatchResponse {
    /// The watched path in canonical form.
    pub path: AbsolutePathBuf,
}

/// Params of `fs/writeFile`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FsWriteFileParams {
    /// The file to write, absolute.
    pub path: AbsolutePathBuf,
    /// The new content of the whole file, as base64; anything else is refused.
    pub data_base64: String,
}

/// Result of `fs/writeFile`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FsWriteFileResponse {}
