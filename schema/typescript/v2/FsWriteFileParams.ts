// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `fs/writeFile`.
 */
export type FsWriteFileParams = {
  /**
   * The file to write, absolute.
   */
  path: AbsolutePathBuf,
  /**
   * The new content of the whole file, as base64; anything else is refused.
   */
  dataBase64: string,
};
