// Generated from the protocol crate; do not edit.

/**
 * Whether `thread/attachment/add` made something new.
 *
 * - "created": It was created by this request.
 * - "existing": The thread already had one with this type and key.
 */
export type ThreadAttachmentAddOutcome = "created" | "existing";
