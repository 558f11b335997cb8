// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/error`: a realtime session has failed, or could not be started.
 */
export type ThreadRealtimeErrorNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * What happened, for people.
   */
  message: string,
};
