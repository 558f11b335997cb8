// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { GuardianCommandSource } from "./GuardianCommandSource";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { NetworkApprovalProtocol } from "./NetworkApprovalProtocol";
import type { RequestPermissionProfile } from "./RequestPermissionProfile";

/**
 * What is under review, by kind.
 */
export type GuardianApprovalReviewAction =
  /**
   * Running a command line.
   */
  {
    type: "command",
    /**
     * The tool it came through.
     */
    source: GuardianCommandSource,
    /**
     * The command as one line.
     */
    command: string,
    /**
     * Directory it would run in.
     */
    cwd: LegacyAppPathString,
  }
  /**
   * Starting a program from within a command.
   */
  | {
    type: "execve",
    /**
     * The tool that the command came through.
     */
    source: GuardianCommandSource,
    /**
     * The program to start.
     */
    program: string,
    /**
     * Its argument vector.
     */
    argv: Array<string>,
    /**
     * Directory it would run in, an absolute path.
     */
    cwd: AbsolutePathBuf,
  }
  /**
   * Sending input to a command that already runs.
   */
  | {
    type: "writeStdin",
    /**
     * Id of this approval, since the item is that of the running command.
     */
    approvalId: string,
    /**
     * The process to get the input.
     */
    processId: string,
    /**
     * The input to send.
     */
    stdin: string,
    /**
     * Working directory that belongs to the command.
     */
    cwd: LegacyAppPathString,
  }
  /**
   * Changing files by a patch.
   */
  | {
    type: "applyPatch",
    /**
     * Directory that the patch applies in.
     */
    cwd: LegacyAppPathString,
    /**
     * The files it touches.
     */
    files: Array<LegacyAppPathString>,
  }
  /**
   * Reaching a host over the network.
   */
  | {
    type: "networkAccess",
    /**
     * The destination as a whole, for display.
     */
    target: string,
    /**
     * Host to be reached.
     */
    host: string,
    /**
     * How it is to be reached.
     */
    protocol: NetworkApprovalProtocol,
    /**
     * Port to be reached, 0 to 65535.
     */
    port: number,
  }
  /**
   * Calling a tool of an MCP server.
   */
  | {
    type: "mcpToolCall",
    /**
     * Name of the server.
     */
    server: string,
    /**
     * Name of the tool on that server.
     */
    toolName: string,
    /**
     * Id of the connector behind the tool; null when there is none.
     */
    connectorId: string | null,
    /**
     * Name of the connector, for people; null when unknown.
     */
    connectorName: string | null,
    /**
     * Title of the tool, for people; null when it has none.
     */
    toolTitle: string | null,
  }
  /**
   * Giving the model more permissions.
   */
  | {
    type: "requestPermissions",
    /**
     * Why the model wants them; null when it does not say.
     */
    reason: string | null,
    /**
     * The permissions asked for.
     */
    permissions: RequestPermissionProfile,
  };
