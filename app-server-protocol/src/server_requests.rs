//! Every request that the server may send to a client.

use crate::declare::{handlers, messages, requests, schemas_of, scope_of};
use crate::v2;

requests! {
    /// A request of the server, decoded.
    pub enum ServerRequest(ServerRequest), markers in server_methods {
        Stable "item/commandExecution/requestApproval" => ItemCommandExecutionRequestApproval;
        Stable "item/fileChange/requestApproval" => ItemFileChangeRequestApproval;
        /// Asks the user questions of the model; the turn waits for the answers.
        Stable "item/tool/requestUserInput" => ItemToolRequestUserInput(v2::ToolRequestUserInputParams) -> v2::ToolRequestUserInputResponse;
        Stable "mcpServer/elicitation/request" => McpServerElicitationRequest;
        Stable "item/permissions/requestApproval" => ItemPermissionsRequestApproval;
        Stable "item/tool/call" => ItemToolCall;
        Stable "account/chatgptAuthTokens/refresh" => AccountChatgptAuthTokensRefresh;
        Stable "attestation/generate" => AttestationGenerate;
        /// Asks the client for the time.
        Experimental "currentTime/read" => CurrentTimeRead(v2::CurrentTimeReadParams) -> v2::CurrentTimeReadResponse;
        Stable "applyPatchApproval" => ApplyPatchApproval;
        Stable "execCommandApproval" => ExecCommandApproval;
    }
}
