// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginListMarketplaceKind } from "./PluginListMarketplaceKind";

/**
 * Params of `plugin/list`: which marketplaces.
 */
export type PluginListParams = {
  /**
   * Absolute folders whose repositories are searched for marketplaces. Absent or null: only those of the home folder
   * and the official curated one.
   */
  cwds?: Array<AbsolutePathBuf> | null,
  /**
   * Kinds of marketplaces to ask. Absent or null: local ones, and the standard remote catalogue where its feature is
   * on.
   */
  marketplaceKinds?: Array<PluginListMarketplaceKind> | null,
  /**
   * Fetches the remote catalogue anew instead of using what was cached. Default false.
   */
  forceRefetch?: boolean,
};
