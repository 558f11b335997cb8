// Generated from the protocol crate; do not edit.

/**
 * What a text must look like.
 *
 * - "email": A mail address.
 * - "uri": A URI.
 * - "date": A date.
 * - "date-time": A date with a time.
 */
export type McpElicitationStringFormat = "email" | "uri" | "date" | "date-time";
