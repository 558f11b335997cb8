// Generated from the protocol crate; do not edit.

/**
 * Notes that travel with an item.
 */
export type InternalChatMessageMetadataPassthrough = {
  /**
   * The turn the item belongs to; absent when unknown.
   */
  turn_id?: string,
};
