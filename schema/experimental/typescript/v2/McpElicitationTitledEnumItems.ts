// Generated from the protocol crate; do not edit.

import type { McpElicitationConstOption } from "./McpElicitationConstOption";

/**
 * The choices, with labels, of a field that takes several.
 */
export type McpElicitationTitledEnumItems = {
  /**
   * The choices, in the order to show them.
   */
  anyOf: Array<McpElicitationConstOption>,
};
