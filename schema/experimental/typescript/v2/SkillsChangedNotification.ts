// Generated from the protocol crate; do not edit.

/**
 * `skills/changed`: lists of skills are out of date. It has no fields; ask `skills/list` again with the same params.
 */
export type SkillsChangedNotification = Record<string, never>;
