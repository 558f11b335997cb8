// Generated from the protocol crate; do not edit.

/**
 * How much to find out about each server.
 *
 * - "full": All: tools, login state, resources and templates. The default.
 * - "toolsAndAuthOnly": Tools and login state; resources are not asked for, which is quicker.
 */
export type McpServerStatusDetail = "full" | "toolsAndAuthOnly";
