// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/copy`.
 */
export type FsCopyParams = {
  /**
   * What to copy, absolute: a regular file, a directory or a symbolic link.
   */
  sourcePath: AbsolutePathBuf,
  /**
   * Where the copy goes, absolute; not inside the directory that is copied.
   */
  destinationPath: AbsolutePathBuf,
  /**
   * Must be true to copy a directory; without effect on a file. Default false.
   */
  recursive?: boolean,
};
