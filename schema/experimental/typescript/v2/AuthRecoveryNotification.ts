// Generated from the protocol crate; do not edit.

/**
 * Params of `modelProvider/authRecoveryStarted` and `modelProvider/authRecoveryCompleted`.
 */
export type AuthRecoveryNotification = {
  /**
   * The thread in which it happens.
   */
  threadId: string,
  /**
   * The turn in which it happens.
   */
  turnId: string,
  /**
   * The model provider in question.
   */
  provider: string,
  /**
   * What happens, for people.
   */
  message: string,
};
