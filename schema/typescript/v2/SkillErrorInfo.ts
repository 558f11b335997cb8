// Generated from the protocol crate; do not edit.

/**
 * A skill file that could not be used.
 */
export type SkillErrorInfo = {
  /**
   * The file.
   */
  path: string,
  /**
   * What is wrong with it, for people.
   */
  message: string,
};
