// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/items/read`: some items of one turn.
 */
export type ThreadItemsReadParams = {
  /**
   * The thread that the turn belongs to.
   */
  threadId: string,
  /**
   * The turn that the items are part of.
   */
  turnId: string,
  /**
   * Ids of the items; at least 1, at most 100.
   */
  itemIds: Array<string>,
};
