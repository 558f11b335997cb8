// Generated from the protocol crate; do not edit.

/**
 * A tool of an app, for display only. Experimental.
 */
export type AppToolSummary = {
  /**
   * Name of the tool.
   */
  name: string,
  /**
   * Name for people; null when there is none.
   */
  title: string | null,
  /**
   * What it does.
   */
  description: string,
  /**
   * Whether it may be used. Default true.
   */
  isEnabled: boolean,
  /**
   * Why it may not be used; null when it may or no reason is told.
   */
  disabledReason: string | null,
  /**
   * Whether it only reads. Default false.
   */
  isReadOnly: boolean,
};
