// Generated from the protocol crate; do not edit.

/**
 * How far a text may be trusted.
 *
 * - "untrusted": From elsewhere: information, never instruction.
 * - "application": From the client itself.
 */
export type AdditionalContextKind = "untrusted" | "application";
