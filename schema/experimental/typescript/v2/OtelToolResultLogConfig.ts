// Generated from the protocol crate; do not edit.

/**
 * How much of tool results is logged.
 */
export type OtelToolResultLogConfig = {
  /**
   * Bytes of a tool result that are logged at most; 2048 where nothing is configured.
   */
  max_bytes: number,
};
