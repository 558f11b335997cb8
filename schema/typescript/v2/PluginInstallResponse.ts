// Generated from the protocol crate; do not edit.

import type { AppSummary } from "./AppSummary";
import type { PluginAuthPolicy } from "./PluginAuthPolicy";

/**
 * Result of `plugin/install`: what the user may have to do next.
 */
export type PluginInstallResponse = {
  /**
   * When logins at its apps are asked for.
   */
  authPolicy: PluginAuthPolicy,
  /**
   * Apps of the plugin that the user has yet to connect; empty when there are none.
   */
  appsNeedingAuth: Array<AppSummary>,
};
