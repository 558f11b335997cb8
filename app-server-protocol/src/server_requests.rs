//! Every request that the server may send to a client.

use crate::declare::{handlers, is_planned, is_turn, messages, requests, schemas_of, scope_of, since_of};
use crate::{v1, v2};

requests! {
    /// A request of the server, decoded.
    pub enum ServerRequest(ServerRequest), markers in server_methods {
        /// Asks whether a command may run, or input may be sent to one. Comes after `item/started` of the command and
        /// with the thread status `waitingOnApproval`, to all subscribers of the thread. An error or a malformed answer
        /// makes the item fail; the turn goes on.
        Stable "item/commandExecution/requestApproval" => ItemCommandExecutionRequestApproval(v2::CommandExecutionRequestApprovalParams) -> v2::CommandExecutionRequestApprovalResponse,
            causes [
                "thread/status/changed", "turn/completed", "item/completed", "item/commandExecution/outputDelta",
                "serverRequest/resolved",
            ],
            of turn;
        /// Asks whether the changes of a `fileChange` item may be made, with the thread status `waitingOnApproval`.
        /// `serverRequest/resolved` follows the answer, then `item/completed`. An error as the answer counts as
        /// `decline`.
        Stable "item/fileChange/requestApproval" => ItemFileChangeRequestApproval(v2::FileChangeRequestApprovalParams) -> v2::FileChangeRequestApprovalResponse,
            causes [
                "thread/status/changed", "turn/completed", "turn/diff/updated", "item/completed",
                "serverRequest/resolved",
            ],
            of turn;
        /// Asks the user questions of the model; the turn waits for the answers.
        Stable "item/tool/requestUserInput" => ItemToolRequestUserInput(v2::ToolRequestUserInputParams) -> v2::ToolRequestUserInputResponse,
            causes ["thread/status/changed", "serverRequest/resolved"],
            of turn;
        /// Asks the user on behalf of an MCP server, or for leave to call one of its tools; the thread waits with the
        /// flag `waitingOnApproval`. Under the approval policy `never` nobody is asked: tools run, and elicitations are
        /// declined, as they are without a client.
        Stable "mcpServer/elicitation/request" => McpServerElicitationRequest planned (v2::McpServerElicitationRequestParams) -> v2::McpServerElicitationRequestResponse,
            causes ["thread/status/changed", "item/completed", "serverRequest/resolved"],
            of turn;
        /// Asks whether the model may have the permissions it wants, on its own request through the permissions tool.
        /// The tool is off by default. Goes to all subscribers of the thread; the first answer counts.
        Stable "item/permissions/requestApproval" => ItemPermissionsRequestApproval(v2::PermissionsRequestApprovalParams) -> v2::PermissionsRequestApprovalResponse,
            causes ["thread/status/changed", "serverRequest/resolved"],
            of turn;
        /// Asks the client to run one of its dynamic tools. There is no time limit, but the end of the turn ends the
        /// call; an error as answer, or one that cannot be read, makes the call fail and the model is told so.
        Stable "item/tool/call" => ItemToolCall(v2::DynamicToolCallParams) -> v2::DynamicToolCallResponse,
            causes ["item/completed"],
            of turn;
        /// Asks the client for fresh ChatGPT tokens after the backend refused the old ones; only while the client
        /// supplies them. An error, or no answer within 10 seconds, fails the turn.
        Stable "account/chatgptAuthTokens/refresh" => AccountChatgptAuthTokensRefresh planned (v2::ChatgptAuthTokensRefreshParams) -> v2::ChatgptAuthTokensRefreshResponse,
            of turn;
        /// Asks the client for an attestation token before a request to the model. Only with a ChatGPT login, and of
        /// clients that set `requestAttestation` when they initialized.
        Stable "attestation/generate" => AttestationGenerate planned (v2::AttestationGenerateParams) -> v2::AttestationGenerateResponse,
            of turn;
        /// Asks the client for the time.
        Experimental "currentTime/read" => CurrentTimeRead planned (v2::CurrentTimeReadParams) -> v2::CurrentTimeReadResponse,
            of turn;
        /// Asks the client whether changes to files may be made; version 1 only.
        Stable "applyPatchApproval" => ApplyPatchApproval planned (v1::ApplyPatchApprovalParams) -> v1::ApplyPatchApprovalResponse;
        /// Asks the client whether a command may be run; version 1 only.
        Stable "execCommandApproval" => ExecCommandApproval planned (v1::ExecCommandApprovalParams) -> v1::ExecCommandApprovalResponse;
    }
}
