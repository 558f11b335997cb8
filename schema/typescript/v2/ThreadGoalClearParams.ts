// Generated from the protocol crate; do not edit.

import type { ThreadGoalMutationOrigin } from "./ThreadGoalMutationOrigin";

/**
 * Params of `thread/goal/clear`.
 */
export type ThreadGoalClearParams = {
  /**
   * The thread whose goal to take away.
   */
  threadId: string,
  /**
   * Who wants it; absent or null does not count as the user's wish.
   */
  origin?: ThreadGoalMutationOrigin | null,
};
