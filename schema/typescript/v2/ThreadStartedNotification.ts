// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * `thread/started`: a thread was created, after the answer to the request that did it.
 */
export type ThreadStartedNotification = {
  /**
   * The thread, without turns.
   */
  thread: Thread,
};
