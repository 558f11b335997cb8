// Generated from the protocol crate; do not edit.

/**
 * Params of `experimentalFeature/enablement/set`.
 */
export type ExperimentalFeatureEnablementSetParams = {
  /**
   * What to switch on (true) or off (false), by canonical name of the feature; others stay as they are, and an empty
   * object changes nothing.
   */
  enablement: { [key in string]?: boolean },
};
