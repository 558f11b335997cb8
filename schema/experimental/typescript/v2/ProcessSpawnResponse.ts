// Generated from the protocol crate; do not edit.

/**
 * Result of `process/spawn`; it has no fields: an answer means that the process runs.
 */
export type ProcessSpawnResponse = Record<string, never>;
