// Generated from the protocol crate; do not edit.

import type { McpElicitationTitledSingleSelectEnumSchema } from "./McpElicitationTitledSingleSelectEnumSchema";
import type { McpElicitationUntitledSingleSelectEnumSchema } from "./McpElicitationUntitledSingleSelectEnumSchema";

/**
 * A field in which one choice can be made.
 */
export type McpElicitationSingleSelectEnumSchema =
  /**
   * The values are shown as they are.
   */
  McpElicitationUntitledSingleSelectEnumSchema
  /**
   * Each value has a label.
   */
  | McpElicitationTitledSingleSelectEnumSchema;
