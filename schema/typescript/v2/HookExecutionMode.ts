// Generated from the protocol crate; do not edit.

/**
 * Whether the session waits for a hook.
 *
 * - "sync": The session waits, and the result counts.
 * - "async": The session goes on meanwhile.
 */
export type HookExecutionMode = "sync" | "async";
