// Generated from the protocol crate; do not edit.

/**
 * A thread's connection to an environment changed; the method says which way.
 */
export type EnvironmentConnectionNotification = {
  /**
   * The thread that uses the environment.
   */
  threadId: string,
  /**
   * The environment.
   */
  environmentId: string,
};
