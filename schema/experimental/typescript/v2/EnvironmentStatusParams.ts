// Generated from the protocol crate; do not edit.

/**
 * Params of `environment/status`.
 */
export type EnvironmentStatusParams = {
  /**
   * The environment to look at.
   */
  environmentId: string,
};
