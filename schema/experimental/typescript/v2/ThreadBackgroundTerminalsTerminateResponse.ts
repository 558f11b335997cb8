// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/backgroundTerminals/terminate`.
 */
export type ThreadBackgroundTerminalsTerminateResponse = {
  /**
   * Whether a terminal was stopped.
   */
  terminated: boolean,
};
