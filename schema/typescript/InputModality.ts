// Generated from the protocol crate; do not edit.

/**
 * A kind of content that a message may have.
 *
 * - "text": Text.
 * - "image": Images.
 * - "audio": Recordings.
 */
export type InputModality = "text" | "image" | "audio";
