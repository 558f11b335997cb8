// Generated from the protocol crate; do not edit.

/**
 * Result of `process/kill`; it has no fields.
 */
export type ProcessKillResponse = Record<string, never>;
