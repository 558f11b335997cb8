// Generated from the protocol crate; do not edit.

/**
 * The JSON type of a field that takes several choices.
 *
 * - "array": A JSON array.
 */
export type McpElicitationArrayType = "array";
