// Generated from the protocol crate; do not edit.

/**
 * A thread that has the attachment asked for.
 */
export type ThreadAttachmentOwner = {
  /**
   * Id of the thread.
   */
  threadId: string,
  /**
   * Whether the thread is archived; says nothing about whether a turn runs in it.
   */
  archived: boolean,
};
