// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";
import type { MigrationDetails } from "./MigrationDetails";

/**
 * Something to import: one kind of thing from one place.
 */
export type ExternalAgentConfigMigrationItem = {
  /**
   * What kind of thing it is.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * What would be imported, for people.
   */
  description: string,
  /**
   * Working directory in the repository it belongs to; null or empty for the user's home.
   */
  cwd: string | null,
  /**
   * The single things behind it; null when there are none to tell.
   */
  details: MigrationDetails | null,
};
