// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/sample/cancel`; it has no fields.
 */
export type ThreadSampleCancelResponse = Record<string, never>;
