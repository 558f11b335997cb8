// Generated from the protocol crate; do not edit.

import type { TurnPlanStep } from "./TurnPlanStep";

/**
 * `turn/plan/updated`: the plan of the model for a turn. Each one replaces the one before.
 */
export type TurnPlanUpdatedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn the plan is for.
   */
  turnId: string,
  /**
   * Why it was changed, in the words of the model; null when it gave none.
   */
  explanation: string | null,
  /**
   * The steps, in order.
   */
  plan: Array<TurnPlanStep>,
};
