// Generated from the protocol crate; do not edit.

import type { ThreadMemoryMode } from "../ThreadMemoryMode";

/**
 * Params of `thread/memoryMode/set`.
 */
export type ThreadMemoryModeSetParams = {
  /**
   * The thread to switch.
   */
  threadId: string,
  /**
   * Whether it takes part from now on.
   */
  mode: ThreadMemoryMode,
};
