// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportItemTypeFailure } from "./ExternalAgentConfigImportItemTypeFailure";
import type { ExternalAgentConfigImportItemTypeSuccess } from "./ExternalAgentConfigImportItemTypeSuccess";
import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/**
 * How an import went for one kind of item.
 */
export type ExternalAgentConfigImportTypeResult = {
  /**
   * The kind of item.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * What was imported.
   */
  successes: Array<ExternalAgentConfigImportItemTypeSuccess>,
  /**
   * What could not be imported.
   */
  failures: Array<ExternalAgentConfigImportItemTypeFailure>,
};
