// Generated from the protocol crate; do not edit.

/**
 * Result of `experimentalFeature/enablement/set`.
 */
export type ExperimentalFeatureEnablementSetResponse = {
  /**
   * What was really changed; names that were passed over are missing.
   */
  enablement: { [key in string]?: boolean },
};
