// Generated from the protocol crate; do not edit.

/**
 * Params of `permissionProfile/list`: for which folder, and which page.
 */
export type PermissionProfileListParams = {
  /**
   * Where to go on: `nextCursor` of the page before. Absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Most profiles in one page. Absent or null: all of them.
   */
  limit?: number | null,
  /**
   * Working directory whose project configuration counts too. Absent or null: none.
   */
  cwd?: string | null,
};
