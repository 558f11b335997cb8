// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/approveGuardianDeniedAction`; it has no fields.
 */
export type ThreadApproveGuardianDeniedActionResponse = Record<string, never>;
