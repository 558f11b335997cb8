// Generated from the protocol crate; do not edit.

/**
 * A path in the form older clients expect: the platform's own spelling, not checked for being absolute.
 */
export type LegacyAppPathString = string;
