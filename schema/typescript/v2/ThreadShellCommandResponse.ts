// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/shellCommand`; it has no fields and is sent at once. What comes of the command shows in its item.
 */
export type ThreadShellCommandResponse = Record<string, never>;
