// Generated from the protocol crate; do not edit.

import type { ThreadAttachmentOperation } from "./ThreadAttachmentOperation";

/**
 * `thread/attachment/updated`: an attachment was created or deleted.
 */
export type ThreadAttachmentUpdatedNotification = {
  /**
   * The thread that owns or owned it.
   */
  threadId: string,
  /**
   * The kind of attachment.
   */
  attachmentType: string,
  /**
   * The identity key of the attachment.
   */
  identityKey: string,
  /**
   * Id of the attachment, also after it was deleted.
   */
  attachmentId: string,
  /**
   * What happened to it.
   */
  operation: ThreadAttachmentOperation,
};
