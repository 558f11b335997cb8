// Generated from the protocol crate; do not edit.

/**
 * When a tool of an app needs the user's consent.
 *
 * - "auto": As the approval policy says.
 * - "prompt": Before every call.
 * - "writes": Before calls that change something.
 * - "approve": Never; every call is granted.
 */
export type AppToolApproval = "auto" | "prompt" | "writes" | "approve";
