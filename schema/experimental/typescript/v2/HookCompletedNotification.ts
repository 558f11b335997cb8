// Generated from the protocol crate; do not edit.

import type { HookRunSummary } from "./HookRunSummary";

/**
 * `hook/completed`: a hook ran to its end, whatever that was.
 */
export type HookCompletedNotification = {
  /**
   * The thread it ran for; hooks of a subagent name the thread of the subagent.
   */
  threadId: string,
  /**
   * The turn it ran in; null when it ran outside of one.
   */
  turnId: string | null,
  /**
   * The finished run.
   */
  run: HookRunSummary,
};
