// Generated from the protocol crate; do not edit.

import type { AppBranding } from "./AppBranding";
import type { AppMetadata } from "./AppMetadata";

/**
 * An app in `app/list`. Experimental.
 */
export type AppInfo = {
  /**
   * Id of the app, as used in `[apps.<id>]` of the configuration and in `app://<id>`.
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
   * URL of the logo; null when there is none.
   */
  logoUrl: string | null,
  /**
   * URL of the logo for dark backgrounds; null when there is none.
   */
  logoUrlDark: string | null,
  /**
   * Icons by the backend's names for them; null when there are none.
   */
  iconAssets: { [key in string]?: string } | null,
  /**
   * Icons for dark backgrounds by the backend's names for them; null when there are none.
   */
  iconDarkAssets: { [key in string]?: string } | null,
  /**
   * Channel through which the app is distributed; null when unknown.
   */
  distributionChannel: string | null,
  /**
   * How it presents itself; null when not told.
   */
  branding: AppBranding | null,
  /**
   * Further details from the directory; null when not told.
   */
  appMetadata: AppMetadata | null,
  /**
   * Labels of the app, by key; null when there are none.
   */
  labels: { [key in string]?: string } | null,
  /**
   * Page where the user can connect it; null when there is none.
   */
  installUrl: string | null,
  /**
   * Whether the signed-in user has access to it. Default false.
   */
  isAccessible: boolean,
  /**
   * False when `enabled = false` under `[apps.<id>]` of the configuration switches it off. Default true.
   */
  isEnabled: boolean,
  /**
   * Names of the plugins that bring it, for people. Default empty.
   */
  pluginDisplayNames: Array<string>,
};
