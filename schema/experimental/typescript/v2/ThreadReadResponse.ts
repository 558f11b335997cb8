// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";
import type { ThreadReadState } from "./ThreadReadState";

/**
 * Result of `thread/read`.
 */
export type ThreadReadResponse = {
  /**
   * The thread.
   */
  thread: Thread,
  /**
   * How far it was read; null when that is not recorded.
   */
  readState: ThreadReadState | null,
};
