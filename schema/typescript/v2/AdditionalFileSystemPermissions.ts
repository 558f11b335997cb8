// Generated from the protocol crate; do not edit.

import type { FileSystemSandboxEntry } from "./FileSystemSandboxEntry";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * File permissions on top of those of the sandbox.
 */
export type AdditionalFileSystemPermissions = {
  /**
   * Paths to be read, the older form of `entries`, which is to replace it; null: none.
   */
  read: Array<LegacyAppPathString> | null,
  /**
   * Paths to be written, the older form of `entries`, which is to replace it; null: none.
   */
  write: Array<LegacyAppPathString> | null,
  /**
   * How many levels deep to search for matches of glob patterns, 1 or more; null: not set.
   */
  globScanMaxDepth?: number,
  /**
   * Rules by path; null: none.
   */
  entries?: Array<FileSystemSandboxEntry>,
};
