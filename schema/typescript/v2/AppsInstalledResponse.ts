// Generated from the protocol crate; do not edit.

import type { InstalledApp } from "./InstalledApp";

/**
 * Result of `app/installed`: one published state, taken as a whole.
 */
export type AppsInstalledResponse = {
  /**
   * The installed apps; empty without any.
   */
  apps: Array<InstalledApp>,
};
