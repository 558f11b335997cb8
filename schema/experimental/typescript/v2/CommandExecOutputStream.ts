// Generated from the protocol crate; do not edit.

/**
 * An output stream of a command.
 *
 * - "stdout": Standard output; on a terminal, everything.
 * - "stderr": Standard error; not used on a terminal.
 */
export type CommandExecOutputStream = "stdout" | "stderr";
