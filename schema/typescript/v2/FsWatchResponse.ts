// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Result of `fs/watch`.
 */
export type FsWatchResponse = {
  /**
   * The watched path in canonical form.
   */
  path: AbsolutePathBuf,
};
