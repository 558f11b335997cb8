// Generated from the protocol crate; do not edit.

/**
 * Which tools for several agents a model is used with.
 *
 * - "disabled": None.
 * - "v1": The first form.
 * - "v2": The second form.
 */
export type MultiAgentVersion = "disabled" | "v1" | "v2";
