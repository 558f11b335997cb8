// Generated from the protocol crate; do not edit.

/**
 * A plugin that changed, and which parts of a running server may be affected. The flags follow what the plugin
 * declares, before policies apply; for an update old and new version count together, for a removal the old one,
 * otherwise the one in the cache.
 */
export type PluginReconcileChangedPlugin = {
  /**
   * The plugin as `name@marketplace`, the same as `id` of `PluginSummary`.
   */
  id: string,
  /**
   * Whether MCP servers may be affected.
   */
  hasMcps: boolean,
  /**
   * Whether apps may be affected.
   */
  hasApps: boolean,
  /**
   * Whether hooks may be affected.
   */
  hasHooks: boolean,
  /**
   * Whether skills may be affected: the old or the new version names folders for them, whatever these hold.
   */
  hasSkills: boolean,
};
