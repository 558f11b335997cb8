// Generated from the protocol crate; do not edit.

import type { McpElicitationObjectType } from "./McpElicitationObjectType";
import type { McpElicitationPrimitiveSchema } from "./McpElicitationPrimitiveSchema";

/**
 * A whole form: the `requestedSchema` of `elicitation/create` in MCP 2025-11-25.
 */
export type McpElicitationSchema = {
  /**
   * The dialect of JSON Schema, as a URI; absent when not told.
   */
  $schema?: string,
  /**
   * Always `object`.
   */
  type: McpElicitationObjectType,
  /**
   * The fields, by the names under which their values are sent back; empty where only a yes is asked for.
   */
  properties: { [key in string]?: McpElicitationPrimitiveSchema },
  /**
   * Names of the fields that must be filled in; absent: none.
   */
  required?: Array<string>,
};
