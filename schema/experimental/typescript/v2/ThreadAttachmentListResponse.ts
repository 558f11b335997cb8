// Generated from the protocol crate; do not edit.

import type { ThreadAttachment } from "./ThreadAttachment";

/**
 * Result of `thread/attachment/list`.
 */
export type ThreadAttachmentListResponse = {
  /**
   * The attachments of this page.
   */
  data: Array<ThreadAttachment>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
