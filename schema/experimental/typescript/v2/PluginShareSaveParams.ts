// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginShareTarget } from "./PluginShareTarget";

/**
 * Params of `plugin/share/save`.
 */
export type PluginShareSaveParams = {
  /**
   * Local folder of the plugin to upload; absolute.
   */
  pluginPath: AbsolutePathBuf,
  /**
   * The shared plugin to update; absent or null: a new share.
   */
  remotePluginId?: string | null,
  /**
   * How it can be found; absent or null: left to the catalogue.
   */
  discoverability?: PluginShareDiscoverability | null,
  /**
   * With whom to share it; absent or null: left to the catalogue.
   */
  shareTargets?: Array<PluginShareTarget> | null,
};
