// Generated from the protocol crate; do not edit.

/**
 * Params of `hooks/list`: working directories or a thread, not both.
 */
export type HooksListParams = {
  /**
   * The working directories to look at. Absent or empty: that of the session. Leave it out when `threadId` is given.
   */
  cwds?: Array<string>,
  /**
   * The loaded thread to look at, the environments it selected included. Absent or null: go by `cwds`.
   */
  threadId?: string | null,
};
