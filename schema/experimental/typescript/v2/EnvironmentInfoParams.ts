// Generated from the protocol crate; do not edit.

/**
 * Params of `environment/info`.
 */
export type EnvironmentInfoParams = {
  /**
   * The environment to ask.
   */
  environmentId: string,
};
