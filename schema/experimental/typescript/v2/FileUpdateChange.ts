// Generated from the protocol crate; do not edit.

import type { PatchChangeKind } from "./PatchChangeKind";

/**
 * The change of one file.
 */
export type FileUpdateChange = {
  /**
   * The file, absolute.
   */
  path: string,
  /**
   * What is done with it.
   */
  kind: PatchChangeKind,
  /**
   * Of an added or deleted file its whole content; of an updated one unified hunks without file headers, and behind
   * them `Moved to: PATH` where it is moved.
   */
  diff: string,
};
