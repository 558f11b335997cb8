// Generated from the protocol crate; do not edit.

import type { ThreadAttachmentOwner } from "./ThreadAttachmentOwner";

/**
 * Result of `thread/attachmentOwner/list`. Threads in which the user has written nothing yet are shown too.
 */
export type ThreadAttachmentOwnerListResponse = {
  /**
   * The threads of this page.
   */
  data: Array<ThreadAttachmentOwner>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
