// Generated from the protocol crate; do not edit.

/**
 * `deprecationNotice`: the client or the configuration uses something that will go.
 */
export type DeprecationNoticeNotification = {
  /**
   * What it is, in one sentence.
   */
  summary: string,
  /**
   * What to use in its place; null when there is nothing to add.
   */
  details: string | null,
};
