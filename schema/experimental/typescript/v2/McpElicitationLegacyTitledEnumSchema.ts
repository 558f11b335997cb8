// Generated from the protocol crate; do not edit.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/**
 * A choice of one with labels beside the values; the older way, for which `oneOf` is used now.
 */
export type McpElicitationLegacyTitledEnumSchema = {
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
   * The values to choose from.
   */
  enum: Array<string>,
  /**
   * Labels for the values, in the same order; absent: show the values.
   */
  enumNames?: Array<string>,
  /**
   * Value chosen to begin with; absent when there is none.
   */
  default?: string,
};
