// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `plugin/install`: which plugin, from where.
 */
export type PluginInstallParams = {
  /**
   * Absolute path of the marketplace file. Given instead of `remoteMarketplaceName`.
   */
  marketplacePath?: AbsolutePathBuf | null,
  /**
   * Name of a marketplace of the remote catalogue. Given instead of `marketplacePath`.
   */
  remoteMarketplaceName?: string | null,
  /**
   * Id the client chose for this attempt, to recognise it in logs and statistics. Absent or null: none.
   */
  installAttemptId?: string | null,
  /**
   * Name of the plugin in the marketplace, without `@marketplace`.
   */
  pluginName: string,
};
