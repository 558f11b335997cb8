// Generated from the protocol crate; do not edit.

/**
 * How closely a model looks at an image; more costs more tokens.
 *
 * - "auto": The provider decides.
 * - "low": Coarsely; the cheapest.
 * - "high": Closely.
 * - "original": At full size.
 */
export type ImageDetail = "auto" | "low" | "high" | "original";
