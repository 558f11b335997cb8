// Generated from the protocol crate; do not edit.

/**
 * `warning`: something the user should know; nothing has failed.
 */
export type WarningNotification = {
  /**
   * The thread it is about; null when it is about none.
   */
  threadId: string | null,
  /**
   * What to show.
   */
  message: string,
};
