// Generated from the protocol crate; do not edit.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/**
 * Permissions that one command asks for on top of its sandbox.
 */
export type AdditionalPermissionProfile = {
  /**
   * Network permissions, laid over those in force; null leaves them as they are.
   */
  network: AdditionalNetworkPermissions | null,
  /**
   * File permissions, laid over those in force; null leaves them as they are.
   */
  fileSystem: AdditionalFileSystemPermissions | null,
};
