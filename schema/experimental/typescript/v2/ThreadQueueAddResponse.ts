// Generated from the protocol crate; do not edit.

import type { QueuedSubmission } from "./QueuedSubmission";

/**
 * Result of `thread/queue/add`.
 */
export type ThreadQueueAddResponse = {
  /**
   * The entry as it is stored.
   */
  queuedSubmission: QueuedSubmission,
};
