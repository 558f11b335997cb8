// Generated from the protocol crate; do not edit.

import type { McpElicitationArrayType } from "./McpElicitationArrayType";
import type { McpElicitationUntitledEnumItems } from "./McpElicitationUntitledEnumItems";

/**
 * A choice of several values without labels.
 */
export type McpElicitationUntitledMultiSelectEnumSchema = {
  /**
   * Always `array`.
   */
  type: McpElicitationArrayType,
  /**
   * Label to show; absent: the name of the field will do.
   */
  title?: string,
  /**
   * Explanation to show; absent when there is none.
   */
  description?: string,
  /**
   * Least number of choices to make; absent: no limit.
   */
  minItems?: number,
  /**
   * Greatest number of choices to make; absent: no limit.
   */
  maxItems?: number,
  /**
   * What can be chosen.
   */
  items: McpElicitationUntitledEnumItems,
  /**
   * Values chosen to begin with; absent when there are none.
   */
  default?: Array<string>,
};
