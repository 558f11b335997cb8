// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * Result of `thread/queue/start`.
 */
export type ThreadQueueStartResponse = {
  /**
   * The turn that was started.
   */
  turn: Turn,
};
