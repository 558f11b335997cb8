// Generated from the protocol crate; do not edit.

import type { ModeKind } from "./ModeKind";
import type { Settings } from "./Settings";

/**
 * A mode together with the settings it runs on.
 */
export type CollaborationMode = {
  /**
   * Which mode.
   */
  mode: ModeKind,
  /**
   * Model, effort and instructions in this mode.
   */
  settings: Settings,
};
