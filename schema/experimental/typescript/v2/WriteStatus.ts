// Generated from the protocol crate; do not edit.

/**
 * Whether a written value is in effect.
 *
 * - "ok": It is.
 * - "okOverridden": It was written, but a layer above sets another value.
 */
export type WriteStatus = "ok" | "okOverridden";
