// Generated from the protocol crate; do not edit.

import type { McpElicitationConstOption } from "./McpElicitationConstOption";
import type { McpElicitationStringType } from "./McpElicitationStringType";

/**
 * A choice of one value with labels.
 */
export type McpElicitationTitledSingleSelectEnumSchema = {
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
   * The choices, in the order to show them.
   */
  oneOf: Array<McpElicitationConstOption>,
  /**
   * Value chosen to begin with; absent when there is none.
   */
  default?: string,
};
