// Generated from the protocol crate; do not edit.

/**
 * One working directory or several.
 */
export type ThreadListCwdFilter =
  /**
   * Exactly this one.
   */
  string
  /**
   * Any of these.
   */
  | Array<string>;
