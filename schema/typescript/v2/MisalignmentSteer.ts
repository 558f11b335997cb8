// Generated from the protocol crate; do not edit.

/**
 * How to continue after such a stop.
 */
export type MisalignmentSteer = {
  /**
   * Text to send as the input of the next turn.
   */
  message: string,
};
