// Generated from the protocol crate; do not edit.

import type { HookRunSummary } from "./HookRunSummary";

/**
 * `hook/started`: a hook began to run.
 */
export type HookStartedNotification = {
  /**
   * The thread it runs for; hooks of a subagent name the thread of the subagent.
   */
  threadId: string,
  /**
   * The turn it runs in; null when it runs outside of one.
   */
  turnId: string | null,
  /**
   * The run so far.
   */
  run: HookRunSummary,
};
