// Generated from the protocol crate; do not edit.

import type { PluginSharePrincipalType } from "./PluginSharePrincipalType";
import type { PluginShareTargetRole } from "./PluginShareTargetRole";

/**
 * Someone to share a plugin with.
 */
export type PluginShareTarget = {
  /**
   * What kind of principal it is.
   */
  principalType: PluginSharePrincipalType,
  /**
   * Id within that kind.
   */
  principalId: string,
  /**
   * The role to give.
   */
  role: PluginShareTargetRole,
};
