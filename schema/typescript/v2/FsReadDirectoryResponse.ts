// Generated from the protocol crate; do not edit.

import type { FsReadDirectoryEntry } from "./FsReadDirectoryEntry";

/**
 * Result of `fs/readDirectory`.
 */
export type FsReadDirectoryResponse = {
  /**
   * What lies directly in the directory, unsorted; nothing of deeper levels.
   */
  entries: Array<FsReadDirectoryEntry>,
};
