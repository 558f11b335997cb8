// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/uninstall`.
 */
export type PluginUninstallParams = {
  /**
   * The plugin as `name@marketplace`; an id without `@` is taken for one of the remote catalogue.
   */
  pluginId: string,
};
