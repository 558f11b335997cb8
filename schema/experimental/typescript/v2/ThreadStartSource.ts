// Generated from the protocol crate; do not edit.

/**
 * What made a client start a thread.
 *
 * - "startup": The client was started.
 * - "clear": The user cleared the conversation before.
 */
export type ThreadStartSource = "startup" | "clear";
