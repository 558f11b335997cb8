// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/createDirectory`.
 */
export type FsCreateDirectoryParams = {
  /**
   * The directory to create, absolute.
   */
  path: AbsolutePathBuf,
  /**
   * Also creates missing parents and accepts a directory that exists. Absent or null: true.
   */
  recursive?: boolean | null,
};
