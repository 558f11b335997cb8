// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/readDirectory`.
 */
export type FsReadDirectoryParams = {
  /**
   * The directory to list, absolute.
   */
  path: AbsolutePathBuf,
};
