// Generated from the protocol crate; do not edit.

/**
 * `item/plan/delta`: more text of a proposed plan. Experimental; go by the completed item, which need not equal the
 * sum of the deltas.
 */
export type PlanDeltaNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The `plan` item; it was started before.
   */
  itemId: string,
  /**
   * The text to append.
   */
  delta: string,
};
