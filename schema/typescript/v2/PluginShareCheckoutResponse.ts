// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Result of `plugin/share/checkout`: where the plugin is now.
 */
export type PluginShareCheckoutResponse = {
  /**
   * Its id in the catalogue.
   */
  remotePluginId: string,
  /**
   * Its local id, `name@marketplace`.
   */
  pluginId: string,
  /**
   * Its name within the marketplace.
   */
  pluginName: string,
  /**
   * The local folder that holds it.
   */
  pluginPath: AbsolutePathBuf,
  /**
   * Name of the marketplace that lists it.
   */
  marketplaceName: string,
  /**
   * File of that marketplace.
   */
  marketplacePath: AbsolutePathBuf,
  /**
   * The version that was fetched; null when unknown.
   */
  remoteVersion: string | null,
};
