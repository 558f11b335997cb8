// Generated from the protocol crate; do not edit.

/**
 * Result of `command/exec/terminate`; it has no fields: an answer means that the command is being ended.
 */
export type CommandExecTerminateResponse = Record<string, never>;
