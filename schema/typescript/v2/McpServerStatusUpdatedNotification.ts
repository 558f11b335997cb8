// Generated from the protocol crate; do not edit.

import type { McpServerStartupFailureReason } from "./McpServerStartupFailureReason";
import type { McpServerStartupState } from "./McpServerStartupState";

/**
 * Params of `mcpServer/startupStatus/updated`: which server, and how far it is.
 */
export type McpServerStatusUpdatedNotification = {
  /**
   * The thread that starts it; null when there is none.
   */
  threadId: string | null,
  /**
   * Name of the server, as configured.
   */
  name: string,
  /**
   * How far it is.
   */
  status: McpServerStartupState,
  /**
   * Why it failed, for people; null otherwise.
   */
  error: string | null,
  /**
   * Why it failed, for programs; null when it did not fail or for other reasons.
   */
  failureReason: McpServerStartupFailureReason | null,
};
