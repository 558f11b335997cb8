// Generated from the protocol crate; do not edit.

/**
 * Which output of a process is meant.
 *
 * - "stdout": Standard output; with a terminal everything it shows.
 * - "stderr": Standard error.
 */
export type ProcessOutputStream = "stdout" | "stderr";
