// Generated from the protocol crate; do not edit.

/**
 * Where a skill comes from.
 *
 * - "user": From the user's folders, the extra roots or an installed plugin.
 * - "repo": From `.agents/skills` or `.codex/skills` between the root of the repository and the working directory.
 * - "system": Built in; unpacked by the server at its start.
 * - "admin": Installed for all users of the machine by an administrator.
 */
export type SkillScope = "user" | "repo" | "system" | "admin";
