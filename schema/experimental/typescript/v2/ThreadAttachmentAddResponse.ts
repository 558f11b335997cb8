// Generated from the protocol crate; do not edit.

import type { ThreadAttachment } from "./ThreadAttachment";
import type { ThreadAttachmentAddOutcome } from "./ThreadAttachmentAddOutcome";

/**
 * Result of `thread/attachment/add`.
 */
export type ThreadAttachmentAddResponse = {
  /**
   * Whether it was created or was there already.
   */
  outcome: ThreadAttachmentAddOutcome,
  /**
   * The attachment as it is stored.
   */
  attachment: ThreadAttachment,
};
