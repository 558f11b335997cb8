// Generated from the protocol crate; do not edit.

/**
 * Result of `skills/extraRoots/set`; it has no fields.
 */
export type SkillsExtraRootsSetResponse = Record<string, never>;
