// Generated from the protocol crate; do not edit.

import type { AppsDefaultConfig } from "./AppsDefaultConfig";

/**
 * The `apps` table: defaults, and one entry an app.
 */
export type AppsConfig = {
  /**
   * What holds for every app without an entry of its own.
   */
  _default: AppsDefaultConfig | null,
};
