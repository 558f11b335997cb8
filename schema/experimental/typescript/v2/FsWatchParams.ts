// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/watch`.
 */
export type FsWatchParams = {
  /**
   * Id of the client's choice, unique among the watches of its connection; the notifications carry it. It may be
   * empty.
   */
  watchId: string,
  /**
   * The file or directory to watch, absolute; it need not exist.
   */
  path: AbsolutePathBuf,
};
