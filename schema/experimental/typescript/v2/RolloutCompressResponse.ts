// Generated from the protocol crate; do not edit.

/**
 * Result of `rollout/compress`; it has no fields. It says that the pass was asked for, not that it is done: where a
 * lock is held or the last pass is too recent, nothing happens.
 */
export type RolloutCompressResponse = Record<string, never>;
