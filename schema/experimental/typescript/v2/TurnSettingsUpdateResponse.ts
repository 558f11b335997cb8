// Generated from the protocol crate; do not edit.

import type { TurnSettingsUpdateStatus } from "./TurnSettingsUpdateStatus";

/**
 * Result of `turn/settings/update`. Experimental.
 */
export type TurnSettingsUpdateResponse = {
  /**
   * Whether the running turn got the settings.
   */
  status: TurnSettingsUpdateStatus,
};
