// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/getMetadata`.
 */
export type FsGetMetadataParams = {
  /**
   * The file or directory to look at, absolute.
   */
  path: AbsolutePathBuf,
};
