// Generated from the protocol crate; do not edit.

/**
 * How much a model thinks before it answers, such as `low`, `medium` or `high`.
 *
 * The set is open: a model's catalogue entry lists what it supports. Never empty.
 */
export type ReasoningEffort = string;
