// Generated from the protocol crate; do not edit.

import type { ToolRequestUserInputOption } from "./ToolRequestUserInputOption";

/**
 * One question.
 */
export type ToolRequestUserInputQuestion = {
  /**
   * Key of the answer.
   */
  id: string,
  /**
   * Very short title.
   */
  header: string,
  /**
   * The question in full.
   */
  question: string,
  /**
   * Whether the user may type an answer that is not listed. Default false.
   */
  isOther: boolean,
  /**
   * Whether what is typed is to be hidden, like a password. Default false.
   */
  isSecret: boolean,
  /**
   * Answers to choose from; null for a free one.
   */
  options: Array<ToolRequestUserInputOption> | null,
};
