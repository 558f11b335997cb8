// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * Params of `feedback/save`.
 */
export type FeedbackSaveParams = {
  /**
   * ZIP file to write on the server's machine; absolute, and not there yet. It belongs to the client, even when the
   * connection is lost before the answer.
   */
  savePath: LegacyAppPathString,
  /**
   * Kind of feedback, in the client's words.
   */
  classification: string,
  /**
   * What the user has to say. Absent or null: nothing.
   */
  reason?: string | null,
  /**
   * The thread it is about. Absent or null: none in particular.
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
