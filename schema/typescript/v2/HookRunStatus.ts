// Generated from the protocol crate; do not edit.

/**
 * How a run of a hook stands.
 *
 * - "running": It runs.
 * - "completed": It ended well and let things go on.
 * - "failed": It failed: by its exit code, an unusable answer or its timeout. The session goes on.
 * - "blocked": It blocked what it was asked about.
 * - "stopped": It asked to stop.
 */
export type HookRunStatus = "running" | "completed" | "failed" | "blocked" | "stopped";
