// Generated from the protocol crate; do not edit.

/**
 * The user's answer to one question.
 */
export type ToolRequestUserInputAnswer = {
  /**
   * The chosen labels or the text typed, one entry each; empty when the user gave no answer.
   */
  answers: Array<string>,
};
