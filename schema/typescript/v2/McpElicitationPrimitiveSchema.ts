// Generated from the protocol crate; do not edit.

import type { McpElicitationBooleanSchema } from "./McpElicitationBooleanSchema";
import type { McpElicitationEnumSchema } from "./McpElicitationEnumSchema";
import type { McpElicitationNumberSchema } from "./McpElicitationNumberSchema";
import type { McpElicitationStringSchema } from "./McpElicitationStringSchema";

/**
 * One field of a form. The kinds are tried in this order, and the first that fits counts.
 */
export type McpElicitationPrimitiveSchema =
  /**
   * A field with given choices.
   */
  McpElicitationEnumSchema
  /**
   * A field for text.
   */
  | McpElicitationStringSchema
  /**
   * A field for a number.
   */
  | McpElicitationNumberSchema
  /**
   * A yes or no field.
   */
  | McpElicitationBooleanSchema;
