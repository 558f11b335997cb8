// Generated from the protocol crate; do not edit.

/**
 * Params of `guardianWarning`.
 */
export type GuardianWarningNotification = {
  /**
   * The thread that is warned about.
   */
  threadId: string,
  /**
   * The warning in short, to show to the user.
   */
  message: string,
};
