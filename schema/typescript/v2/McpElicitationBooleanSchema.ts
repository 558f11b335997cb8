// Generated from the protocol crate; do not edit.

import type { McpElicitationBooleanType } from "./McpElicitationBooleanType";

/**
 * A yes or no field.
 */
export type McpElicitationBooleanSchema = {
  /**
   * Always `boolean`.
   */
  type: McpElicitationBooleanType,
  /**
   * Label to show; absent: the name of the field will do.
   */
  title?: string,
  /**
   * Explanation to show; absent when there is none.
   */
  description?: string,
  /**
   * Value to begin with; absent when there is none.
   */
  default?: boolean,
};
