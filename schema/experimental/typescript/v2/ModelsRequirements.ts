// Generated from the protocol crate; do not edit.

import type { NewThreadModelDefaults } from "./NewThreadModelDefaults";

/**
 * Defaults for models.
 */
export type ModelsRequirements = {
  /**
   * What new threads start with; null: nothing set.
   */
  newThread: NewThreadModelDefaults | null,
};
