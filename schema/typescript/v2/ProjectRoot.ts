// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * A folder of a project.
 */
export type ProjectRoot = {
  /**
   * The folder; absolute.
   */
  path: AbsolutePathBuf,
};
