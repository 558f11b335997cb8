// Generated from the protocol crate; do not edit.

/**
 * Who answers approvals.
 *
 * - "user": The user, through the client. The default.
 * - "auto_review": A second model, which weighs the risk and then grants or refuses.
 * - "guardian_subagent": Older name of `auto_review`; accepted, and shown as that one in the configuration.
 */
export type ApprovalsReviewer = "user" | "auto_review" | "guardian_subagent";
