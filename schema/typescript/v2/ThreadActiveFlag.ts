// Generated from the protocol crate; do not edit.

/**
 * What a running turn waits for.
 *
 * - "waitingOnApproval": An approval is open.
 * - "waitingOnUserInput": A question to the user is open.
 */
export type ThreadActiveFlag = "waitingOnApproval" | "waitingOnUserInput";
