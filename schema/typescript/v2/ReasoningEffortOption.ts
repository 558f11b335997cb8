// Generated from the protocol crate; do not edit.

import type { ReasoningEffort } from "../ReasoningEffort";

/**
 * An effort that a model accepts.
 */
export type ReasoningEffortOption = {
  /**
   * The effort.
   */
  reasoningEffort: ReasoningEffort,
  /**
   * What it is good for, in a sentence.
   */
  description: string,
};
