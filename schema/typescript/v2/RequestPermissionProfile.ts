// Generated from the protocol crate; do not edit.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/**
 * The permissions asked for; unknown keys are refused.
 */
export type RequestPermissionProfile = {
  /**
   * Network permissions; null: none asked for.
   */
  network: AdditionalNetworkPermissions | null,
  /**
   * File permissions; null: none asked for.
   */
  fileSystem: AdditionalFileSystemPermissions | null,
};
