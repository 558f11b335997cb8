// Generated from the protocol crate; do not edit.

import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginSharePrincipal } from "./PluginSharePrincipal";

/**
 * Result of `plugin/share/updateTargets`: the state after the change.
 */
export type PluginShareUpdateTargetsResponse = {
  /**
   * Everyone who has a role on it now.
   */
  principals: Array<PluginSharePrincipal>,
  /**
   * How it can be found now.
   */
  discoverability: PluginShareDiscoverability,
};
