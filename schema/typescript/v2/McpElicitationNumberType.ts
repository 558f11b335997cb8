// Generated from the protocol crate; do not edit.

/**
 * The JSON type of a field for a number.
 *
 * - "number": Any number.
 * - "integer": A whole number.
 */
export type McpElicitationNumberType = "number" | "integer";
