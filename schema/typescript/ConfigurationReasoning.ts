// Generated from the protocol crate; do not edit.

import type { ReasoningEffort } from "./ReasoningEffort";

/**
 * Settings of reasoning that change within a history.
 */
export type ConfigurationReasoning = {
  /**
   * The effort from there on.
   */
  effort: ReasoningEffort,
};
