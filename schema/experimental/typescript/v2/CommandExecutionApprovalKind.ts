// Generated from the protocol crate; do not edit.

/**
 * What is to be approved.
 *
 * - "command": Running a command.
 * - "writeStdin": Sending input to a terminal that already runs.
 * - "humanCommand": A checkpoint set by the administrator, which a person must decide afresh: only `accept`, `decline` and `cancel` count. Sent to clients with the capability `requiredHumanApproval`; no command item is started by it.
 */
export type CommandExecutionApprovalKind = "command" | "writeStdin" | "humanCommand";
