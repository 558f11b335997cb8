// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `skills/extraRoots/set`.
 */
export type SkillsExtraRootsSetParams = {
  /**
   * The folders, absolute, in place of all earlier ones; folders that do not exist are accepted, an empty list
   * removes all.
   */
  extraRoots: Array<AbsolutePathBuf>,
};
