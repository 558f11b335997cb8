// Generated from the protocol crate; do not edit.

import type { McpElicitationTitledMultiSelectEnumSchema } from "./McpElicitationTitledMultiSelectEnumSchema";
import type { McpElicitationUntitledMultiSelectEnumSchema } from "./McpElicitationUntitledMultiSelectEnumSchema";

/**
 * A field in which several choices can be made.
 */
export type McpElicitationMultiSelectEnumSchema =
  /**
   * The values are shown as they are.
   */
  McpElicitationUntitledMultiSelectEnumSchema
  /**
   * Each value has a label.
   */
  | McpElicitationTitledMultiSelectEnumSchema;
