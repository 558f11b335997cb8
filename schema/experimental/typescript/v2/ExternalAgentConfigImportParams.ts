// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItem } from "./ExternalAgentConfigMigrationItem";

/**
 * Params of `externalAgentConfig/import`.
 */
export type ExternalAgentConfigImportParams = {
  /**
   * What to import, as detection gave it; an empty list imports nothing.
   */
  migrationItems: Array<ExternalAgentConfigMigrationItem>,
  /**
   * Product that started the import. Absent or null: not told.
   */
  source?: string | null,
  /**
   * Provider to name in the history and in statistics; any text. Does not choose what is imported from:
   * `migrationSource` does. Absent or null: none.
   */
  providerId?: string | null,
  /**
   * Which agent the items come from; give what detection got. Absent, null or a value the server does not know: the
   * default one.
   */
  migrationSource?: string | null,
};
