// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/share/checkout`.
 */
export type PluginShareCheckoutParams = {
  /**
   * Catalogue id of the plugin to fetch.
   */
  remotePluginId: string,
};
