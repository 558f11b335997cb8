// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/attachment/remove`; it has no fields: an answer means that it was deleted.
 */
export type ThreadAttachmentRemoveResponse = Record<string, never>;
