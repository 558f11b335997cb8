// Generated from the protocol crate; do not edit.

import type { ProviderSettings } from "./ProviderSettings";

/**
 * A model provider and its settings, as far as they may be shown.
 */
export type ModelProviderSummary = {
  /**
   * Id of the provider, as used in the configuration and by `thread/start`.
   */
  id: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * Whether `modelProvider/config/write` can change something about it in the user's configuration.
   */
  canEdit: boolean,
  /**
   * Base URL of its API; null when there is none, or when showing it would not be safe.
   */
  baseUrl: string | null,
  /**
   * Its settings, by kind.
   */
  settings: ProviderSettings,
};
