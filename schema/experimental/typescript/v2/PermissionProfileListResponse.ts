// Generated from the protocol crate; do not edit.

import type { PermissionProfileSummary } from "./PermissionProfileSummary";

/**
 * Result of `permissionProfile/list`: one page.
 */
export type PermissionProfileListResponse = {
  /**
   * The profiles.
   */
  data: Array<PermissionProfileSummary>,
  /**
   * Cursor for the page after this one; null at the end.
   */
  nextCursor: string | null,
};
