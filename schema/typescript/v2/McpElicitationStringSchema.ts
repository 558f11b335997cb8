// Generated from the protocol crate; do not edit.

import type { McpElicitationStringFormat } from "./McpElicitationStringFormat";
import type { McpElicitationStringType } from "./McpElicitationStringType";

/**
 * A field for text.
 */
export type McpElicitationStringSchema = {
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
   * Least length, in characters; absent: no limit.
   */
  minLength?: number,
  /**
   * Greatest length, in characters; absent: no limit.
   */
  maxLength?: number,
  /**
   * What the text must look like; absent: anything goes.
   */
  format?: McpElicitationStringFormat,
  /**
   * Text to begin with; absent when there is none.
   */
  default?: string,
};
