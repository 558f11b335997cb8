// Generated from the protocol crate; do not edit.

/**
 * Result of `command/exec/write`; it has no fields: an answer means that it was done.
 */
export type CommandExecWriteResponse = Record<string, never>;
