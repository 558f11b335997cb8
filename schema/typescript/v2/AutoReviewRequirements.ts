// Generated from the protocol crate; do not edit.

/**
 * What is demanded of the automatic review of approvals.
 */
export type AutoReviewRequirements = {
  /**
   * Models with which automatic review must be on; null: no demand.
   */
  requiredOnModels: Array<string> | null,
  /**
   * Rules that automatic review ignores; null: none.
   */
  ignoreRules: Array<string> | null,
};
