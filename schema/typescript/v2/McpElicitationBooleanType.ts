// Generated from the protocol crate; do not edit.

/**
 * The JSON type of a yes or no field.
 *
 * - "boolean": True or false.
 */
export type McpElicitationBooleanType = "boolean";
