// Generated from the protocol crate; do not edit.

/**
 * Result of `process/resizePty`; it has no fields.
 */
export type ProcessResizePtyResponse = Record<string, never>;
