// Generated from the protocol crate; do not edit.

/**
 * A path as a `file:` URI, in the form of the environment it belongs to, which may run another operating system.
 */
export type PathUri = string;
