// Generated from the protocol crate; do not edit.

import type { ModeKind } from "../ModeKind";
import type { ReasoningEffort } from "../ReasoningEffort";

/**
 * A preset: what choosing it changes in the current mode's settings.
 */
export type CollaborationModeMask = {
  /**
   * Name for people, such as `Plan`.
   */
  name: string,
  /**
   * The mode it switches to; null leaves the mode.
   */
  mode: ModeKind | null,
  /**
   * The model it switches to; null leaves the model.
   */
  model: string | null,
  /**
   * Three states: absent leaves the effort, null clears it, a value sets it.
   */
  reasoning_effort?: ReasoningEffort | null,
};
