// Generated from the protocol crate; do not edit.

import type { QueuedSubmission } from "./QueuedSubmission";

/**
 * Result of `thread/queue/list`.
 */
export type ThreadQueueListResponse = {
  /**
   * The entries of this page, the next to run first.
   */
  data: Array<QueuedSubmission>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
