// Generated from the protocol crate; do not edit.

/**
 * Whether a hook is trusted.
 *
 * - "managed": Prescribed by an administrator; it runs without the user's trust.
 * - "untrusted": Never trusted; it does not run.
 * - "trusted": Trusted as it is.
 * - "modified": Changed since it was trusted; it does not run until it is trusted again.
 */
export type HookTrustStatus = "managed" | "untrusted" | "trusted" | "modified";
