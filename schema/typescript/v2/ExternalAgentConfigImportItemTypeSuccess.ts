// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/**
 * Something that was imported.
 */
export type ExternalAgentConfigImportItemTypeSuccess = {
  /**
   * What kind of thing it is.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * Working directory it belongs to; null when it belongs to none.
   */
  cwd: string | null,
  /**
   * What it was imported from; null when unknown.
   */
  source: string | null,
  /**
   * What it was imported to; null when unknown.
   */
  target: string | null,
  /**
   * Title that the session had before; null for everything but sessions.
   */
  title: string | null,
};
