// Generated from the protocol crate; do not edit.

import type { McpElicitationStringType } from "./McpElicitationStringType";

/**
 * The choices, without labels, of a field that takes several.
 */
export type McpElicitationUntitledEnumItems = {
  /**
   * Always `string`.
   */
  type: McpElicitationStringType,
  /**
   * The values to choose from, in the order to show them.
   */
  enum: Array<string>,
};
