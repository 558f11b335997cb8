// Generated from the protocol crate; do not edit.

/**
 * A place where the model finds tools.
 *
 * - "code_mode": Inside scripts of Code Mode.
 * - "deferred": Through tool search, when looked for.
 * - "direct": In the list of tools that the model gets from the start.
 */
export type ToolExposureSurface = "code_mode" | "deferred" | "direct";
