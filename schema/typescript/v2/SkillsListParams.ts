// Generated from the protocol crate; do not edit.

/**
 * Params of `skills/list`.
 */
export type SkillsListParams = {
  /**
   * Working directories to look from, absolute or relative; absent or empty: that of the session.
   */
  cwds?: Array<string>,
  /**
   * Reads the folders again instead of answering from the cache. Default false.
   */
  forceReload?: boolean,
};
