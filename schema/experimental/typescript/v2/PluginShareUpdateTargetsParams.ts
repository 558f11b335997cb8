// Generated from the protocol crate; do not edit.

import type { PluginShareTarget } from "./PluginShareTarget";
import type { PluginShareUpdateDiscoverability } from "./PluginShareUpdateDiscoverability";

/**
 * Params of `plugin/share/updateTargets`.
 */
export type PluginShareUpdateTargetsParams = {
  /**
   * Catalogue id of the plugin whose sharing changes.
   */
  remotePluginId: string,
  /**
   * How it can be found; always to be given.
   */
  discoverability: PluginShareUpdateDiscoverability,
  /**
   * With whom to share it; always to be given.
   */
  shareTargets: Array<PluginShareTarget>,
};
