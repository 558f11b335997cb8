// Generated from the protocol crate; do not edit.

/**
 * Params of `mock/experimentalMethod`, which tests the experimental gate.
 */
export type MockExperimentalMethodParams = {
  /**
   * Any text; absent or null is allowed.
   */
  value?: string | null,
};
