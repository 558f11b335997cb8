// Generated from the protocol crate; do not edit.

/**
 * Kinds of workspace messages.
 *
 * - "headline": A headline.
 * - "announcement": An announcement.
 * - "unknown": A kind that the server does not know.
 */
export type WorkspaceMessageType = "headline" | "announcement" | "unknown";
