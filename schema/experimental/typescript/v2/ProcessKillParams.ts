// Generated from the protocol crate; do not edit.

/**
 * Params of `process/kill`.
 */
export type ProcessKillParams = {
  /**
   * Handle of the process to kill; refused when none runs under it on this connection.
   */
  processHandle: string,
};
