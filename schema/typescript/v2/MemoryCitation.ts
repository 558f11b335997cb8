// Generated from the protocol crate; do not edit.

import type { MemoryCitationEntry } from "./MemoryCitationEntry";

/**
 * Memories a message rests on.
 */
export type MemoryCitation = {
  /**
   * The places in memory files.
   */
  entries: Array<MemoryCitationEntry>,
  /**
   * The threads those memories come from.
   */
  threadIds: Array<string>,
};
