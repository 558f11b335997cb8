// Generated from the protocol crate; do not edit.

import type { WindowsSandboxSetupMode } from "./WindowsSandboxSetupMode";

/**
 * `windowsSandbox/setupCompleted`: how a setup went.
 */
export type WindowsSandboxSetupCompletedNotification = {
  /**
   * The kind of setup that was asked for.
   */
  mode: WindowsSandboxSetupMode,
  /**
   * Whether the sandbox is set up now. False on systems other than Windows.
   */
  success: boolean,
  /**
   * Why it failed, for people; null on success.
   */
  error: string | null,
};
