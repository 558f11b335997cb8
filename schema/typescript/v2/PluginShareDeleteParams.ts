// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/share/delete`.
 */
export type PluginShareDeleteParams = {
  /**
   * Catalogue id of the plugin to delete.
   */
  remotePluginId: string,
};
