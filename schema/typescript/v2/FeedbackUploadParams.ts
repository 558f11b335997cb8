// Generated from the protocol crate; do not edit.

/**
 * Params of `feedback/upload`.
 */
export type FeedbackUploadParams = {
  /**
   * Kind of feedback, in the client's words.
   */
  classification: string,
  /**
   * What the user has to say. Absent or null: nothing.
   */
  reason?: string | null,
  /**
   * The thread it is about; a malformed id is refused. Absent or null: none in particular.
   */
  threadId?: string | null,
  /**
   * Adds logs. Default false.
   */
  includeLogs?: boolean,
  /**
   * Paths of more files to add, on the server's machine. Absent or null: none.
   */
  extraLogFiles?: Array<string> | null,
  /**
   * Tags of the client's own, by name. Absent or null: none.
   */
  tags?: { [key in string]?: string } | null,
};
