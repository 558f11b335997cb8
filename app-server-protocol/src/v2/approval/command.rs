//! Asking the client before a command runs, before input goes to a running terminal, or before the network is reached.
//! The question goes to every subscriber of the thread under one request id; the first answer counts, and
//! `serverRequest/resolved` follows. An open question keeps waiting when all subscribers leave, and is asked again of
//! whoever resumes the thread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::LegacyAppPathString;
use crate::v2::{AdditionalPermissionProfile, CommandAction};

/// What is decided about a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CommandExecutionApprovalDecision {
    /// Runs it, this once.
    Accept,
    /// Runs it and does not ask again for the same one in this thread; command, working directory, terminal and
    /// escalation must all match. Accepted even when it was not offered.
    AcceptForSession,
    /// Runs it and adds a rule to `rules/default.rules` in the codex home, so that commands with the same beginning run
    /// unasked from then on.
    AcceptWithExecpolicyAmendment {
        /// The leading words of the commands to allow, as in `proposedExecpolicyAmendment`.
        execpolicy_amendment: Vec<String>,
    },
    /// Settles this host for good by a network rule, which allows or denies it.
    ApplyNetworkPolicyAmendment {
        /// The rule to keep, one of `proposedNetworkPolicyAmendments`.
        network_policy_amendment: NetworkPolicyAmendment,
    },
    /// Refuses it; the item ends as `declined`, the model is told and the turn goes on.
    Decline,
    /// Refuses it and interrupts the turn; the model is not asked again.
    Cancel,
}

/// What is to be approved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CommandExecutionApprovalKind {
    /// Running a command.
    #[default]
    Command,
    /// Sending input to a terminal that already runs.
    WriteStdin,
    /// A checkpoint set by the administrator, which a person must decide afresh: only `accept`, `decline` and `cancel`
    /// count. Sent to clients with the capability `requiredHumanApproval`; no command item is started by it.
    HumanCommand,
}

/// Params of `item/commandExecution/requestApproval`. What does not apply is left out; null means the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecutionRequestApprovalParams {
    /// What is to be approved. Default `command`, which is also what absence means with servers that do not know it.
    #[serde(default)]
    pub kind: CommandExecutionApprovalKind,
    /// The thread that asks.
    pub thread_id: String,
    /// The turn that waits for the answer.
    pub turn_id: String,
    /// The command item concerned; several questions may belong to one, see `approvalId`.
    pub item_id: String,
    /// When the question was raised, in Unix milliseconds.
    pub started_at_ms: i64,
    /// Id of this question where `itemId` alone would not tell it apart: for a command started within another one and
    /// for input to a terminal. Opaque; null for ordinary commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_id: Option<String>,
    /// Where the command is to run; null when not named.
    #[serde(default)]
    pub environment_id: Option<String>,
    /// Why it is asked, for people: the model's justification, or that of a rule; null when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is to be reached, when the question is about the network; null otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_approval_context: Option<NetworkApprovalContext>,
    /// The command as one line; null when there is none to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// Directory it would run in; null when there is none to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<LegacyAppPathString>,
    /// What the command seems to do (read, list, search), for display only: a guess from its text, never a ground for a
    /// decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command_actions: Option<Vec<CommandAction>>,
    /// What the command wants beyond its sandbox; null: nothing more.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_permissions: Option<AdditionalPermissionProfile>,
    /// Leading words of a rule that would let such commands run unasked; null when none is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_execpolicy_amendment: Option<Vec<String>>,
    /// Rules for hosts that could be kept for later requests; null when none are proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_network_policy_amendments: Option<Vec<NetworkPolicyAmendment>>,
    /// The decisions to offer, in the order to show them; null: not limited. Others may be accepted all the same, such
    /// as `acceptForSession`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub available_decisions: Option<Vec<CommandExecutionApprovalDecision>>,
}

/// Result of `item/commandExecution/requestApproval`, from the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandExecutionRequestApprovalResponse {
    /// What the user decided.
    pub decision: CommandExecutionApprovalDecision,
}

/// The connection that a network approval is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NetworkApprovalContext {
    /// Host to be reached.
    pub host: String,
    /// How it is to be reached.
    pub protocol: NetworkApprovalProtocol,
}

/// A network rule for one host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct NetworkPolicyAmendment {
    /// The host it holds for.
    pub host: String,
    /// Whether the host may be reached.
    pub action: NetworkPolicyRuleAction,
}

/// What a network rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum NetworkPolicyRuleAction {
    /// Lets connections to the host through.
    Allow,
    /// Refuses connections to the host.
    Deny,
}

/// Protocol of a connection that needs approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NetworkApprovalProtocol {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
    Https,
    /// TCP through a SOCKS5 proxy.
    Socks5Tcp,
    /// UDP through a SOCKS5 proxy.
    Socks5Udp,
}
