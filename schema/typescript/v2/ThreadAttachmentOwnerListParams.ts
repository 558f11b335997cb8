// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/attachmentOwner/list`: which attachment to look for in the store of this server.
 */
export type ThreadAttachmentOwnerListParams = {
  /**
   * The kind of attachment to look for.
   */
  attachmentType: string,
  /**
   * The identity key to look for.
   */
  identityKey: string,
  /**
   * True for archived threads only, false for those that are not; absent or null: both.
   */
  archived?: boolean | null,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Threads per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
