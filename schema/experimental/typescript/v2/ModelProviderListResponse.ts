// Generated from the protocol crate; do not edit.

import type { ModelProviderSummary } from "./ModelProviderSummary";

/**
 * Result of `modelProvider/list`.
 */
export type ModelProviderListResponse = {
  /**
   * The providers.
   */
  data: Array<ModelProviderSummary>,
  /**
   * Id of the provider that threads use when they name none.
   */
  defaultProviderId: string,
  /**
   * Whether the client may choose another default.
   */
  canChangeDefault: boolean,
};
