// Generated from the protocol crate; do not edit.

/**
 * Result of `account/gcp/setup`; it has no fields: an answer means that it was done.
 */
export type GcpSetupResponse = Record<string, never>;
