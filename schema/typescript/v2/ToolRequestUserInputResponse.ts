// Generated from the protocol crate; do not edit.

import type { ToolRequestUserInputAnswer } from "./ToolRequestUserInputAnswer";

/**
 * Result of `item/tool/requestUserInput`.
 */
export type ToolRequestUserInputResponse = {
  /**
   * The answers by question id; a question without an entry was not answered.
   */
  answers: { [key in string]?: ToolRequestUserInputAnswer },
};
