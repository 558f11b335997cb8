// Generated from the protocol crate; do not edit.

import type { PluginSharePrincipalRole } from "./PluginSharePrincipalRole";
import type { PluginSharePrincipalType } from "./PluginSharePrincipalType";

/**
 * Someone with a role on a shared plugin.
 */
export type PluginSharePrincipal = {
  /**
   * What kind of principal it is.
   */
  principalType: PluginSharePrincipalType,
  /**
   * Id within that kind.
   */
  principalId: string,
  /**
   * What the principal may do.
   */
  role: PluginSharePrincipalRole,
  /**
   * Name for people.
   */
  name: string,
};
