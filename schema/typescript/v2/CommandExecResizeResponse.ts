// Generated from the protocol crate; do not edit.

/**
 * Result of `command/exec/resize`; it has no fields: an answer means that it was done.
 */
export type CommandExecResizeResponse = Record<string, never>;
