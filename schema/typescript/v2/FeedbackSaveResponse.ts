// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * Result of `feedback/save`: the file is complete.
 */
export type FeedbackSaveResponse = {
  /**
   * The file that was written; only its owner may read it.
   */
  savedPath: LegacyAppPathString,
  /**
   * Thread id that the report carries.
   */
  threadId: string,
  /**
   * Hash of the base instructions, as `feedback/upload` gives it; null when no prompt is recorded.
   */
  promptHash: string | null,
};
