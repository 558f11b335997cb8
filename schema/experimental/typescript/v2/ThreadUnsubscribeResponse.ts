// Generated from the protocol crate; do not edit.

import type { ThreadUnsubscribeStatus } from "./ThreadUnsubscribeStatus";

/**
 * Result of `thread/unsubscribe`. The thread stays loaded for a while.
 */
export type ThreadUnsubscribeResponse = {
  /**
   * What was found and done.
   */
  status: ThreadUnsubscribeStatus,
};
