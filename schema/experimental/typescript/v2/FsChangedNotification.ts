// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * `fs/changed`: what changed under one watch.
 */
export type FsChangedNotification = {
  /**
   * The watch, by the id the client chose for it.
   */
  watchId: string,
  /**
   * The files and directories that changed, absolute and sorted.
   */
  changedPaths: Array<AbsolutePathBuf>,
};
