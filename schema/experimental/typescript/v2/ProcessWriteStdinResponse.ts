// Generated from the protocol crate; do not edit.

/**
 * Result of `process/writeStdin`; it has no fields.
 */
export type ProcessWriteStdinResponse = Record<string, never>;
