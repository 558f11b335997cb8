// Generated from the protocol crate; do not edit.

import type { ThreadGoalMutationOrigin } from "./ThreadGoalMutationOrigin";
import type { ThreadGoalStatus } from "./ThreadGoalStatus";

/**
 * Params of `thread/goal/set`.
 */
export type ThreadGoalSetParams = {
  /**
   * The thread that gets the goal.
   */
  threadId: string,
  /**
   * Who wants it; absent or null does not count as the user's wish.
   */
  origin?: ThreadGoalMutationOrigin | null,
  /**
   * What is to be reached; absent or null gives no new one.
   */
  objective?: string | null,
  /**
   * Status to put the goal in; absent or null asks for none.
   */
  status?: ThreadGoalStatus | null,
  /**
   * Tokens that may be spent on it. `max_goal_token_budget` of the configuration is the highest that is allowed,
   * when set. Absent leaves it; null takes it away.
   */
  tokenBudget?: number | null,
};
