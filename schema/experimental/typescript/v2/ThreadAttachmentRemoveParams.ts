// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/attachment/remove`; the attachment is named by type and key, not by its id.
 */
export type ThreadAttachmentRemoveParams = {
  /**
   * The thread to take it from.
   */
  threadId: string,
  /**
   * The kind of attachment to delete.
   */
  attachmentType: string,
  /**
   * The identity key of the attachment to delete.
   */
  identityKey: string,
};
