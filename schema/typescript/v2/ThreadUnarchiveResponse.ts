// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * Result of `thread/unarchive`. `thread/unarchived` follows.
 */
export type ThreadUnarchiveResponse = {
  /**
   * The thread, not loaded.
   */
  thread: Thread,
};
