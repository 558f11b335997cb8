// Generated from the protocol crate; do not edit.

import type { ModelProviderSummary } from "./ModelProviderSummary";

/**
 * Result of `modelProvider/config/write`.
 */
export type ModelProviderConfigWriteResponse = {
  /**
   * The provider after the write.
   */
  provider: ModelProviderSummary,
};
