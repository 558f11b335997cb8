// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginSearchScope } from "./PluginSearchScope";

/**
 * Params of `plugin/search`: what to search, where, and which page.
 */
export type PluginSearchParams = {
  /**
   * What to search for.
   */
  searchTerm: string,
  /**
   * Where to search. Absent or null: not limited by the client.
   */
  scope?: PluginSearchScope | null,
  /**
   * Absolute folders of the client's projects. Absent or null: none.
   */
  cwds?: Array<AbsolutePathBuf> | null,
  /**
   * Where to go on: `nextCursor` of the page before. Absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Most results in one page. Absent or null: the server chooses.
   */
  limit?: number | null,
};
