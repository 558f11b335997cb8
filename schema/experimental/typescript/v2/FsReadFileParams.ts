// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/readFile`.
 */
export type FsReadFileParams = {
  /**
   * The file to read, absolute.
   */
  path: AbsolutePathBuf,
};
