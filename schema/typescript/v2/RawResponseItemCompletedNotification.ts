// Generated from the protocol crate; do not edit.

import type { ResponseItem } from "../ResponseItem";

/**
 * `rawResponseItem/completed`: an item of a response of the model as it is, for threads with raw events.
 */
export type RawResponseItemCompletedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that the response belongs to.
   */
  turnId: string,
  /**
   * The item as the model's API knows it.
   */
  item: ResponseItem,
};
