//! Approvals of version 1 of the protocol: the server asks whether a patch may be applied or a command run. Version 2
//! asks by `item/fileChange/requestApproval` and `item/commandExecution/requestApproval` instead. Names inside unions
//! are in snake_case here.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::ThreadId;
use crate::v2::NetworkPolicyAmendment;

/// Params of `applyPatchApproval`: the changes, and why they are asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ApplyPatchApprovalParams {
    /// The thread that wants to change files.
    pub conversation_id: ThreadId,
    /// Id of the call that makes the patch; the events about its start and end carry the same one.
    pub call_id: String,
    /// What would happen to each file, by path.
    pub file_changes: BTreeMap<String, FileChange>,
    /// Why it is asked, for people, such as writing outside of what is allowed; null for no reason given.
    pub reason: Option<String>,
    /// Folder for which writing is asked until the session ends; null for none. Do not rely on it having an effect.
    pub grant_root: Option<String>,
}

/// Result of `applyPatchApproval`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct ApplyPatchApprovalResponse {
    /// What the user decided.
    pub decision: ReviewDecision,
}

/// Params of `execCommandApproval`: the command, and why it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub struct ExecCommandApprovalParams {
    /// The thread that wants to run it.
    pub conversation_id: ThreadId,
    /// Id of the call that runs the command; the events about its start and end carry the same one.
    pub call_id: String,
    /// Id of this one question, apart from `callId`; null for none.
    pub approval_id: Option<String>,
    /// Program and arguments, one entry each.
    pub command: Vec<String>,
    /// Working directory it would run in.
    pub cwd: String,
    /// Why it is asked, for people; null for no reason given.
    pub reason: Option<String>,
    /// What the command does, as far as the server can tell, one entry per simple command.
    pub parsed_cmd: Vec<ParsedCommand>,
}

/// Result of `execCommandApproval`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct ExecCommandApprovalResponse {
    /// What the user decided.
    pub decision: ReviewDecision,
}

/// What a patch does to one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum FileChange {
    /// Creates it.
    Add {
        /// The content of the new file.
        content: String,
    },
    /// Removes it.
    Delete {
        /// The content that goes away.
        content: String,
    },
    /// Changes its content, and may move it.
    Update {
        /// The change as a unified diff.
        unified_diff: String,
        /// Where the file goes; null when it stays.
        move_path: Option<String>,
    },
}

/// What a simple command does, as far as the server can tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum ParsedCommand {
    /// Reads a file.
    Read {
        /// The simple command as text.
        cmd: String,
        /// Name of the file.
        name: String,
        /// The file, a guess: absolute where possible, else counted from the working directory of the command.
        path: String,
    },
    /// Lists a folder.
    ListFiles {
        /// The simple command as text.
        cmd: String,
        /// The folder; null when the command names none.
        path: Option<String>,
    },
    /// Searches in files or for files.
    Search {
        /// The simple command as text.
        cmd: String,
        /// What it looks for; null when not clear.
        query: Option<String>,
        /// Where it looks; null when the command names no place.
        path: Option<String>,
    },
    /// Anything else.
    Unknown {
        /// The simple command as text.
        cmd: String,
    },
}

/// The answer to an approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum ReviewDecision {
    /// Yes, this once.
    Approved,
    /// Yes, and a rule is to allow commands that begin alike from now on.
    ApprovedExecpolicyAmendment {
        /// Words with which such commands begin, one entry each; the rule as the server proposed it.
        proposed_execpolicy_amendment: Vec<String>,
    },
    /// Yes, and what the session counts as the same is not asked again until it ends.
    ApprovedForSession,
    /// Yes to the call of an MCP tool, and calls like it are not asked again, in other sessions too.
    ApprovedMcpPolicyAmendment,
    /// A rule about the host is to be kept; it says whether later requests to it are allowed or denied.
    NetworkPolicyAmendment {
        /// The rule: host, and allow or deny.
        network_policy_amendment: NetworkPolicyAmendment,
    },
    /// No; the agent goes on and tries another way.
    Denied {
        /// Why it was refused, in words.
        rejection: String,
    },
    /// No decision: the automatic review took too long.
    TimedOut,
    /// No, and the agent stops until the user says what to do.
    Abort,
}
