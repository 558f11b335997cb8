// Generated from the protocol crate; do not edit.

/**
 * The tone of answers. Accepted and kept, but no current model changes its answers by it.
 *
 * - "none": No particular tone.
 * - "friendly": Deprecated: chooses nothing any more; put wishes about tone into the developer instructions. Deprecated.
 * - "pragmatic": Deprecated: chooses nothing any more; put wishes about tone into the developer instructions. Deprecated.
 */
export type Personality = "none" | "friendly" | "pragmatic";
