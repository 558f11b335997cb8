// Generated from the protocol crate; do not edit.

/**
 * Plugins of one marketplace to import.
 */
export type PluginsMigration = {
  /**
   * The marketplace they come from.
   */
  marketplaceName: string,
  /**
   * Names of the plugins.
   */
  pluginNames: Array<string>,
};
