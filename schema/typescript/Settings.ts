// Generated from the protocol crate; do not edit.

import type { ReasoningEffort } from "./ReasoningEffort";

/**
 * What a mode runs on.
 */
export type Settings = {
  /**
   * Slug of the model.
   */
  model: string,
  /**
   * Effort asked of the model; null leaves it to the model's default.
   */
  reasoning_effort: ReasoningEffort | null,
  /**
   * Developer message of the mode; null takes the server's own text for the mode, which is then echoed.
   */
  developer_instructions: string | null,
};
