// Generated from the protocol crate; do not edit.

import type { ReasoningEffort } from "../ReasoningEffort";

/**
 * What new threads start with.
 */
export type NewThreadModelDefaults = {
  /**
   * Slug of the model; null: none set.
   */
  model: string | null,
  /**
   * Reasoning effort; null: none set.
   */
  modelReasoningEffort: ReasoningEffort | null,
  /**
   * Service tier, such as `default`, `priority` or `flex`; null: none set.
   */
  serviceTier: string | null,
};
