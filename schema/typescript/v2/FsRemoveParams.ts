// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/remove`.
 */
export type FsRemoveParams = {
  /**
   * What to remove, absolute: a file or a directory.
   */
  path: AbsolutePathBuf,
  /**
   * Removes a directory together with all it contains. Absent or null: true.
   */
  recursive?: boolean | null,
  /**
   * Counts a path that does not exist as removed instead of failing. Absent or null: true.
   */
  force?: boolean | null,
};
