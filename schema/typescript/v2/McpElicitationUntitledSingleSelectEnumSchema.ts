// Generated from the protocol crate; do not edit.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/**
 * A choice of one value without labels.
 */
export type McpElicitationUntitledSingleSelectEnumSchema = {
  /**
   * Always `string`.
   */
  type: McpElicitationStringType,
  /**
   * Label to show; absent: the name of the field will do.
   */
  title?: string,
  /**
   * Explanation to show; absent when there is none.
   */
  description?: string,
  /**
   * The values to choose from, in the order to show them.
   */
  enum: Array<string>,
  /**
   * Value chosen to begin with; absent when there is none.
   */
  default?: string,
};
