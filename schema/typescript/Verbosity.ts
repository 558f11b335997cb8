// Generated from the protocol crate; do not edit.

/**
 * How long a model's answers are; only for models that support it.
 *
 * - "low": Short answers.
 * - "medium": Between the two.
 * - "high": Long answers.
 */
export type Verbosity = "low" | "medium" | "high";
