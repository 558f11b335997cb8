// Generated from the protocol crate; do not edit.

/**
 * Result of `turn/steer`. A response under way is given up; a running command is not.
 */
export type TurnSteerResponse = {
  /**
   * The turn that takes the input.
   */
  turnId: string,
};
