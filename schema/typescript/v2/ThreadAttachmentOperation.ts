// Generated from the protocol crate; do not edit.

/**
 * What happened to an attachment.
 *
 * - "created": It was stored with the thread.
 * - "deleted": It was deleted from the thread.
 */
export type ThreadAttachmentOperation = "created" | "deleted";
