// Generated from the protocol crate; do not edit.

import type { ApplicationNetworkRequirements } from "./ApplicationNetworkRequirements";
import type { ApplicationStorageRequirements } from "./ApplicationStorageRequirements";

/**
 * What is demanded of the desktop application.
 */
export type ApplicationRequirements = {
  /**
   * Hosts it may contact; null: no demand.
   */
  network: ApplicationNetworkRequirements | null,
  /**
   * Where it puts new workspaces; null: no demand.
   */
  storage: ApplicationStorageRequirements | null,
};
