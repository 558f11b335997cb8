// Generated from the protocol crate; do not edit.

import type { FileSystemAccessMode } from "./FileSystemAccessMode";
import type { FileSystemPath } from "./FileSystemPath";

/**
 * One rule: what may be done at which place.
 */
export type FileSystemSandboxEntry = {
  /**
   * The place.
   */
  path: FileSystemPath,
  /**
   * What may be done there.
   */
  access: FileSystemAccessMode,
};
