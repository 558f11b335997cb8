// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * A place known by its role instead of its path.
 */
export type FileSystemSpecialPath =
  /**
   * The root of the file system.
   */
  {
    kind: "root",
  }
  /**
   * The least that programs need to run.
   */
  | {
    kind: "minimal",
  }
  /**
   * The workspace roots of the thread.
   */
  | {
    kind: "project_roots",
    /**
     * A path below each root; null: the roots themselves.
     */
    subpath: LegacyAppPathString | null,
  }
  /**
   * The folder for temporary files that `TMPDIR` names.
   */
  | {
    kind: "tmpdir",
  }
  /**
   * The folder `/tmp`.
   */
  | {
    kind: "slash_tmp",
  }
  /**
   * A place whose role is not known here, kept as it came.
   */
  | {
    kind: "unknown",
    /**
     * Its name.
     */
    path: string,
    /**
     * A path below it; null: the place itself.
     */
    subpath: LegacyAppPathString | null,
  };
