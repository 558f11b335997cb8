// Generated from the protocol crate; do not edit.

/**
 * The tool through which the model runs commands.
 *
 * - "shell": The shell tool.
 * - "unifiedExec": The exec tool with sessions that can be written to.
 */
export type GuardianCommandSource = "shell" | "unifiedExec";
