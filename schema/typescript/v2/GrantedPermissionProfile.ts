// Generated from the protocol crate; do not edit.

import type { AdditionalFileSystemPermissions } from "./AdditionalFileSystemPermissions";
import type { AdditionalNetworkPermissions } from "./AdditionalNetworkPermissions";

/**
 * What the client grants.
 */
export type GrantedPermissionProfile = {
  /**
   * Network permissions granted; absent or null: none.
   */
  network?: AdditionalNetworkPermissions,
  /**
   * File permissions granted; absent or null: none.
   */
  fileSystem?: AdditionalFileSystemPermissions,
};
