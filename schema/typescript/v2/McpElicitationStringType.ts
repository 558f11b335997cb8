// Generated from the protocol crate; do not edit.

/**
 * The JSON type of text, and of single choices.
 *
 * - "string": A JSON string.
 */
export type McpElicitationStringType = "string";
