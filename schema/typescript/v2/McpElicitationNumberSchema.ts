// Generated from the protocol crate; do not edit.

import type { McpElicitationNumberType } from "./McpElicitationNumberType";

/**
 * A field for a number.
 */
export type McpElicitationNumberSchema = {
  /**
   * Whether fractions are allowed.
   */
  type: McpElicitationNumberType,
  /**
   * Label to show; absent: the name of the field will do.
   */
  title?: string,
  /**
   * Explanation to show; absent when there is none.
   */
  description?: string,
  /**
   * Least value that is allowed; absent: no limit.
   */
  minimum?: number,
  /**
   * Greatest value that is allowed; absent: no limit.
   */
  maximum?: number,
  /**
   * Value to begin with; absent when there is none.
   */
  default?: number,
};
