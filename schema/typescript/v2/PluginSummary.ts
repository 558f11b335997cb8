// Generated from the protocol crate; do not edit.

import type { PluginAuthPolicy } from "./PluginAuthPolicy";
import type { PluginAvailability } from "./PluginAvailability";
import type { PluginDisabledReason } from "./PluginDisabledReason";
import type { PluginInstallPolicy } from "./PluginInstallPolicy";
import type { PluginInstallPolicySource } from "./PluginInstallPolicySource";
import type { PluginInterface } from "./PluginInterface";
import type { PluginShareContext } from "./PluginShareContext";
import type { PluginSource } from "./PluginSource";

/**
 * A plugin as lists show it.
 */
export type PluginSummary = {
  /**
   * Id of the plugin: `name@marketplace`.
   */
  id: string,
  /**
   * Its id in the remote catalogue; null when it is not there.
   */
  remotePluginId: string | null,
  /**
   * Version that the remote catalogue offers; null when not told.
   */
  version: string | null,
  /**
   * Version of the files on this machine; null when there are none or they tell none.
   */
  localVersion: string | null,
  /**
   * Name of the plugin in its marketplace.
   */
  name: string,
  /**
   * With whom and how it is shared; null when it is not shared or nothing is known.
   */
  shareContext: PluginShareContext | null,
  /**
   * Where its files come from.
   */
  source: PluginSource,
  /**
   * Whether it is installed.
   */
  installed: boolean,
  /**
   * When a remote plugin was installed, in Unix seconds; null when not known.
   */
  installedAt: number | null,
  /**
   * Whether it is switched on in the configuration.
   */
  enabled: boolean,
  /**
   * Whether it may be installed.
   */
  installPolicy: PluginInstallPolicy,
  /**
   * Where that policy comes from; null when not told.
   */
  installPolicySource: PluginInstallPolicySource | null,
  /**
   * Whether clients have to show a page before installing it; null when not told.
   */
  mustShowInstallationInterstitial: boolean | null,
  /**
   * When logins at its apps are asked for.
   */
  authPolicy: PluginAuthPolicy,
  /**
   * Whether it can be installed and used. Default `AVAILABLE`.
   */
  availability: PluginAvailability,
  /**
   * Why a remote plugin is not available; null when it is, or when no reason is told.
   */
  disabledReason: PluginDisabledReason | null,
  /**
   * Plans that may install it, by the backend's own names; null when not told.
   */
  eligiblePlanTypes: Array<string> | null,
  /**
   * How to show it; null when nothing is told, as when its folder is missing.
   */
  interface: PluginInterface | null,
  /**
   * Words to find it by. Default none.
   */
  keywords: Array<string>,
};
