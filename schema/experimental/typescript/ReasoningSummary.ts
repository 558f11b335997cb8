// Generated from the protocol crate; do not edit.

/**
 * How much of a model's reasoning is summed up for people.
 *
 * - "auto": The model decides.
 * - "concise": Short.
 * - "detailed": Long.
 * - "none": No summary is asked for.
 */
export type ReasoningSummary = "auto" | "concise" | "detailed" | "none";
