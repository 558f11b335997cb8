// Generated from the protocol crate; do not edit.

/**
 * How much of what it finds a search hands to the model.
 *
 * - "low": Little; the cheapest.
 * - "medium": Between the two.
 * - "high": Much.
 */
export type WebSearchContextSize = "low" | "medium" | "high";
