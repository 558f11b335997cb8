// Generated from the protocol crate; do not edit.

/**
 * What a realtime model puts out.
 *
 * - "text": Text alone.
 * - "audio": Speech.
 */
export type RealtimeOutputModality = "text" | "audio";
