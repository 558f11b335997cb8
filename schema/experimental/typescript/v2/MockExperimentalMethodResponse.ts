// Generated from the protocol crate; do not edit.

/**
 * Result of `mock/experimentalMethod`.
 */
export type MockExperimentalMethodResponse = {
  /**
   * The text that was sent; null when none was.
   */
  echoed: string | null,
};
