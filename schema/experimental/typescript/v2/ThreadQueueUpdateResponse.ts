// Generated from the protocol crate; do not edit.

import type { QueuedSubmission } from "./QueuedSubmission";

/**
 * Result of `thread/queue/update`.
 */
export type ThreadQueueUpdateResponse = {
  /**
   * The entry as it is now.
   */
  queuedSubmission: QueuedSubmission,
};
