// Generated from the protocol crate; do not edit.

import type { ApplyPatchApprovalParams } from "./ApplyPatchApprovalParams";
import type { AttestationGenerateParams } from "./v2/AttestationGenerateParams";
import type { ChatgptAuthTokensRefreshParams } from "./v2/ChatgptAuthTokensRefreshParams";
import type { CommandExecutionRequestApprovalParams } from "./v2/CommandExecutionRequestApprovalParams";
import type { DynamicToolCallParams } from "./v2/DynamicToolCallParams";
import type { ExecCommandApprovalParams } from "./ExecCommandApprovalParams";
import type { FileChangeRequestApprovalParams } from "./v2/FileChangeRequestApprovalParams";
import type { McpServerElicitationRequestParams } from "./v2/McpServerElicitationRequestParams";
import type { PermissionsRequestApprovalParams } from "./v2/PermissionsRequestApprovalParams";
import type { RequestId } from "./RequestId";
import type { ToolRequestUserInputParams } from "./v2/ToolRequestUserInputParams";

/**
 * A request of the server.
 */
export type ServerRequest =
  /**
   * Asks whether a command may run, or input may be sent to one. Comes after `item/started` of the command and
   * with the thread status `waitingOnApproval`, to all subscribers of the thread. An error or a malformed answer
   * makes the item fail; the turn goes on.
   */
  {
    method: "item/commandExecution/requestApproval",
    id: RequestId,
    params: CommandExecutionRequestApprovalParams,
  }
  /**
   * Asks whether the changes of a `fileChange` item may be made, with the thread status `waitingOnApproval`.
   * `serverRequest/resolved` follows the answer, then `item/completed`. An error as the answer counts as
   * `decline`.
   */
  | {
    method: "item/fileChange/requestApproval",
    id: RequestId,
    params: FileChangeRequestApprovalParams,
  }
  /**
   * Asks the user questions of the model; the turn waits for the answers.
   */
  | {
    method: "item/tool/requestUserInput",
    id: RequestId,
    params: ToolRequestUserInputParams,
  }
  /**
   * Asks the user on behalf of an MCP server, or for leave to call one of its tools; the thread waits with the
   * flag `waitingOnApproval`. Under the approval policy `never` nobody is asked: tools run, and elicitations are
   * declined, as they are without a client.
   */
  | {
    method: "mcpServer/elicitation/request",
    id: RequestId,
    params: McpServerElicitationRequestParams,
  }
  /**
   * Asks whether the model may have the permissions it wants, on its own request through the permissions tool.
   * The tool is off by default. Goes to all subscribers of the thread; the first answer counts.
   */
  | {
    method: "item/permissions/requestApproval",
    id: RequestId,
    params: PermissionsRequestApprovalParams,
  }
  /**
   * Asks the client to run one of its dynamic tools. There is no time limit, but the end of the turn ends the
   * call; an error as answer, or one that cannot be read, makes the call fail and the model is told so.
   */
  | {
    method: "item/tool/call",
    id: RequestId,
    params: DynamicToolCallParams,
  }
  /**
   * Asks the client for fresh ChatGPT tokens after the backend refused the old ones; only while the client
   * supplies them. An error, or no answer within 10 seconds, fails the turn.
   */
  | {
    method: "account/chatgptAuthTokens/refresh",
    id: RequestId,
    params: ChatgptAuthTokensRefreshParams,
  }
  /**
   * Asks the client for an attestation token before a request to the model. Only with a ChatGPT login, and of
   * clients that set `requestAttestation` when they initialized.
   */
  | {
    method: "attestation/generate",
    id: RequestId,
    params: AttestationGenerateParams,
  }
  /**
   * Asks the client whether changes to files may be made; version 1 only.
   */
  | {
    method: "applyPatchApproval",
    id: RequestId,
    params: ApplyPatchApprovalParams,
  }
  /**
   * Asks the client whether a command may be run; version 1 only.
   */
  | {
    method: "execCommandApproval",
    id: RequestId,
    params: ExecCommandApprovalParams,
  };
