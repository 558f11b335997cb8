// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/realtime/stop`.
 */
export type ThreadRealtimeStopParams = {
  /**
   * The thread whose session to end.
   */
  threadId: string,
};
