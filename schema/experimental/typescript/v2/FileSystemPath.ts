// Generated from the protocol crate; do not edit.

import type { FileSystemSpecialPath } from "./FileSystemSpecialPath";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * The files that a rule is about, by kind.
 */
export type FileSystemPath =
  /**
   * A path and all below it.
   */
  {
    type: "path",
    /**
     * The path.
     */
    path: LegacyAppPathString,
  }
  /**
   * All files that match a pattern.
   */
  | {
    type: "glob_pattern",
    /**
     * The pattern, with wildcards.
     */
    pattern: string,
  }
  /**
   * A place known by its role.
   */
  | {
    type: "special",
    /**
     * The place.
     */
    value: FileSystemSpecialPath,
  };
