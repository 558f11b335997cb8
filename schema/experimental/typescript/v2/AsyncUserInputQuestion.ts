// Generated from the protocol crate; do not edit.

/**
 * A question the user may answer later. Unknown keys are refused.
 */
export type AsyncUserInputQuestion = {
  /**
   * The question.
   */
  title: string,
  /**
   * Answers to choose from; null for a free one.
   */
  options: Array<string> | null,
};
