// Generated from the protocol crate; do not edit.

import type { DynamicToolCallOutputContentItem } from "./DynamicToolCallOutputContentItem";

/**
 * Answer of the client to `item/tool/call`.
 */
export type DynamicToolCallResponse = {
  /**
   * Output for the model: text, images, audio; may be empty.
   */
  contentItems: Array<DynamicToolCallOutputContentItem>,
  /**
   * False marks the item as failed; the model gets the same content either way.
   */
  success: boolean,
};
