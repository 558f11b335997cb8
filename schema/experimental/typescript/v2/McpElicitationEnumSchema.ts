// Generated from the protocol crate; do not edit.

import type { McpElicitationLegacyTitledEnumSchema } from "./McpElicitationLegacyTitledEnumSchema";
import type { McpElicitationMultiSelectEnumSchema } from "./McpElicitationMultiSelectEnumSchema";
import type { McpElicitationSingleSelectEnumSchema } from "./McpElicitationSingleSelectEnumSchema";

/**
 * A field with given choices.
 */
export type McpElicitationEnumSchema =
  /**
   * One of them can be chosen.
   */
  McpElicitationSingleSelectEnumSchema
  /**
   * Several can be chosen.
   */
  | McpElicitationMultiSelectEnumSchema
  /**
   * One can be chosen, with labels in the older way, by `enumNames`.
   */
  | McpElicitationLegacyTitledEnumSchema;
