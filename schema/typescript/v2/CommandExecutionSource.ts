// Generated from the protocol crate; do not edit.

/**
 * Who asked for a command.
 *
 * - "agent": The model, before the process exists (while approval is open) or by an older tool.
 * - "userShell": The user, by `thread/shellCommand`; it runs without a sandbox.
 * - "unifiedExecStartup": The model, by the tool that starts processes.
 * - "unifiedExecInteraction": The model, by the tool that writes to a running process.
 */
export type CommandExecutionSource = "agent" | "userShell" | "unifiedExecStartup" | "unifiedExecInteraction";
