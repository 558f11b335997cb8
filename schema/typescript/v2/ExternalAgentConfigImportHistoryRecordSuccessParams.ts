// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/**
 * Something that was imported outside the server.
 */
export type ExternalAgentConfigImportHistoryRecordSuccessParams = {
  /**
   * What kind of thing it is.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * Working directory it belongs to; absent or null when it belongs to none.
   */
  cwd: string | null,
  /**
   * What it was imported from. Absent or null: not told.
   */
  source: string | null,
  /**
   * What it was imported to. Absent or null: not told.
   */
  target: string | null,
  /**
   * Title that a session had before; absent or null when there is none to tell.
   */
  title?: string | null,
};
