// Generated from the protocol crate; do not edit.

/**
 * How large a tool's user interface is shown.
 *
 * - "inline": Within the conversation.
 * - "fullscreen": Over all of it.
 */
export type McpAppDisplayMode = "inline" | "fullscreen";
