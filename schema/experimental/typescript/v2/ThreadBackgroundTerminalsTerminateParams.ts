// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/backgroundTerminals/terminate`.
 */
export type ThreadBackgroundTerminalsTerminateParams = {
  /**
   * The thread that the terminal belongs to.
   */
  threadId: string,
  /**
   * The terminal to stop: `processId` of an entry of the list.
   */
  processId: string,
};
