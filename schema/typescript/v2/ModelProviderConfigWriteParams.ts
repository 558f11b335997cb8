// Generated from the protocol crate; do not edit.

import type { ProviderSettingsPatch } from "./ProviderSettingsPatch";

/**
 * Params of `modelProvider/config/write`; unknown fields are refused.
 */
export type ModelProviderConfigWriteParams = {
  /**
   * What to change, by kind of provider.
   */
  settings: ProviderSettingsPatch,
};
