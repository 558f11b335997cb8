// Generated from the protocol crate; do not edit.

/**
 * The JSON type of a form.
 *
 * - "object": A JSON object.
 */
export type McpElicitationObjectType = "object";
