// Generated from the protocol crate; do not edit.

/**
 * What happened to a project.
 *
 * - "created": It is new.
 * - "updated": It was changed.
 * - "deleted": It is gone.
 */
export type ProjectChangeType = "created" | "updated" | "deleted";
