// Generated from the protocol crate; do not edit.

/**
 * What is decided about changes to files.
 *
 * - "accept": Makes them, this once.
 * - "acceptForSession": Makes them and does not ask again for exactly these paths in this thread.
 * - "decline": Refuses them; the item ends as `declined`, the model is told and the turn goes on.
 * - "cancel": Refuses them and interrupts the turn.
 */
export type FileChangeApprovalDecision = "accept" | "acceptForSession" | "decline" | "cancel";
