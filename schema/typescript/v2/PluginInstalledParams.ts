// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `plugin/installed`: where to look, and what else to show.
 */
export type PluginInstalledParams = {
  /**
   * Absolute folders whose repositories are searched for marketplaces. Absent or null: none.
   */
  cwds?: Array<AbsolutePathBuf> | null,
  /**
   * Names of plugins to list even though they are not installed, where a local marketplace has them; for offering
   * them in mentions. Absent or null: none.
   */
  installSuggestionPluginNames?: Array<string> | null,
};
