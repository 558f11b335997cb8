// Generated from the protocol crate; do not edit.

/**
 * What started a thread, in the client's own words; used for analytics only.
 */
export type ThreadSource = string;
