// Generated from the protocol crate; do not edit.

/**
 * A file of hooks that could not be used.
 */
export type HookErrorInfo = {
  /**
   * The file.
   */
  path: string,
  /**
   * What is wrong with it, for people.
   */
  message: string,
};
