// Generated from the protocol crate; do not edit.

/**
 * Params of `currentTime/read`: the server wants the client's clock.
 */
export type CurrentTimeReadParams = {
  /**
   * The thread that needs the time.
   */
  threadId: string,
};
