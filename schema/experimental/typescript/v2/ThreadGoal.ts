// Generated from the protocol crate; do not edit.

import type { ThreadGoalStatus } from "./ThreadGoalStatus";

/**
 * What a thread works towards, and how far it is.
 */
export type ThreadGoal = {
  /**
   * The thread it belongs to.
   */
  threadId: string,
  /**
   * What is to be reached, in plain words.
   */
  objective: string,
  /**
   * How it stands.
   */
  status: ThreadGoalStatus,
  /**
   * Tokens that may be spent on it; null for no limit.
   */
  tokenBudget: number | null,
  /**
   * Tokens spent on it so far.
   */
  tokensUsed: number,
  /**
   * Time spent on it so far, in seconds.
   */
  timeUsedSeconds: number,
  /**
   * When it was set, in Unix seconds.
   */
  createdAt: number,
  /**
   * When it last changed, in Unix seconds.
   */
  updatedAt: number,
};
