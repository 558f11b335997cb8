// Generated from the protocol crate; do not edit.

import type { PluginShareDiscoverability } from "./PluginShareDiscoverability";
import type { PluginSharePrincipal } from "./PluginSharePrincipal";

/**
 * What the catalogue knows about the sharing of a plugin.
 */
export type PluginShareContext = {
  /**
   * Id of the shared plugin in the catalogue.
   */
  remotePluginId: string,
  /**
   * Version of the shared release; null when unknown.
   */
  remoteVersion: string | null,
  /**
   * How it can be found; null when unknown.
   */
  discoverability: PluginShareDiscoverability | null,
  /**
   * Link to it; null when there is none.
   */
  shareUrl: string | null,
  /**
   * Account user id of who shared it; null when unknown.
   */
  creatorAccountUserId: string | null,
  /**
   * Name of who shared it, for people; null when unknown.
   */
  creatorName: string | null,
  /**
   * Everyone who has a role on it; null when not known.
   */
  sharePrincipals: Array<PluginSharePrincipal> | null,
  /**
   * Whether the caller may publish it to the workspace; null when unknown.
   */
  canPublishToWorkspace: boolean | null,
};
