// Generated from the protocol crate; do not edit.

import type { AppToolSummary } from "./AppToolSummary";

/**
 * What is known about one app. Experimental.
 */
export type ConnectorMetadata = {
  /**
   * Id of the app.
   */
  id: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * What it does, for people; null when none is given.
   */
  description: string | null,
  /**
   * URL of the icon; null when there is none.
   */
  iconUrl: string | null,
  /**
   * URL of the icon for dark backgrounds; null when there is none.
   */
  iconUrlDark: string | null,
  /**
   * Channel through which the app is distributed; null when unknown.
   */
  distributionChannel: string | null,
  /**
   * Page where the user can connect it; null when there is none.
   */
  installUrl: string | null,
  /**
   * Names of the plugins that bring it, for people. Default empty.
   */
  pluginDisplayNames: Array<string>,
  /**
   * Its tools; null unless `includeTools` asked for them.
   */
  toolSummaries: Array<AppToolSummary> | null,
};
