// Generated from the protocol crate; do not edit.

/**
 * Params of `plugin/skill/read`: which skill of which plugin.
 */
export type PluginSkillReadParams = {
  /**
   * Name of the marketplace in the remote catalogue.
   */
  remoteMarketplaceName: string,
  /**
   * Id the remote catalogue gave the plugin; not `name@marketplace`.
   */
  remotePluginId: string,
  /**
   * Name of the skill in the plugin.
   */
  skillName: string,
};
