// Generated from the protocol crate; do not edit.

/**
 * Result of `windowsSandbox/setupStart`, sent before the setup ends.
 */
export type WindowsSandboxSetupStartResponse = {
  /**
   * Whether the setup began; true says nothing about its success.
   */
  started: boolean,
};
