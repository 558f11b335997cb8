// Generated from the protocol crate; do not edit.

import type { GrantedPermissionProfile } from "./GrantedPermissionProfile";
import type { PermissionGrantScope } from "./PermissionGrantScope";

/**
 * Result of `item/permissions/requestApproval`, from the client. An empty grant refuses.
 */
export type PermissionsRequestApprovalResponse = {
  /**
   * What is granted.
   */
  permissions: GrantedPermissionProfile,
  /**
   * How long it lasts. Default `turn`.
   */
  scope: PermissionGrantScope,
  /**
   * Whether all further commands of the turn are reviewed first, even those that would just run in the sandbox.
   * Absent or null: no.
   */
  strictAutoReview?: boolean | null,
};
