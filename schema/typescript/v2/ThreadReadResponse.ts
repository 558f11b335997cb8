// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * Result of `thread/read`.
 */
export type ThreadReadResponse = {
  /**
   * The thread.
   */
  thread: Thread,
};
