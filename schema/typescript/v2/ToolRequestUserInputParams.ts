// Generated from the protocol crate; do not edit.

import type { ToolRequestUserInputQuestion } from "./ToolRequestUserInputQuestion";

/**
 * Params of `item/tool/requestUserInput`: the model asks the user.
 */
export type ToolRequestUserInputParams = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that asks.
   */
  turnId: string,
  /**
   * Id of the model's call; no item with this id is shown.
   */
  itemId: string,
  /**
   * The questions, in the order to show them.
   */
  questions: Array<ToolRequestUserInputQuestion>,
  /**
   * Whether the turn waits until it is answered.
   */
  isBlocking: boolean,
  /**
   * Deprecated: milliseconds after which it resolves by itself, null for never; go by `isBlocking`.
   * @deprecated
   */
  autoResolutionMs: number | null,
};
