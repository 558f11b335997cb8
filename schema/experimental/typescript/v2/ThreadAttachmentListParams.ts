// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/attachment/list`.
 */
export type ThreadAttachmentListParams = {
  /**
   * The thread whose attachments are wanted.
   */
  threadId: string,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Attachments per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
