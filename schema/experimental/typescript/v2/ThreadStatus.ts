// Generated from the protocol crate; do not edit.

import type { ThreadActiveFlag } from "./ThreadActiveFlag";

/**
 * Whether a thread is loaded and busy.
 */
export type ThreadStatus =
  /**
   * It is only on disk.
   */
  {
    type: "notLoaded",
  }
  /**
   * Loaded, and no turn runs.
   */
  | {
    type: "idle",
  }
  /**
   * Its last turn failed; the next one starts as usual.
   */
  | {
    type: "systemError",
  }
  /**
   * A turn runs.
   */
  | {
    type: "active",
    /**
     * What the turn waits for; empty while it works.
     */
    activeFlags: Array<ThreadActiveFlag>,
  };
