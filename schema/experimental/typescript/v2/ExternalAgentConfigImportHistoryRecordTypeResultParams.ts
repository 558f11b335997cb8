// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportHistoryRecordSuccessParams } from "./ExternalAgentConfigImportHistoryRecordSuccessParams";
import type { ExternalAgentConfigImportItemTypeFailure } from "./ExternalAgentConfigImportItemTypeFailure";
import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/**
 * How an import outside the server went for one kind of item.
 */
export type ExternalAgentConfigImportHistoryRecordTypeResultParams = {
  /**
   * The kind of item.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * What was imported.
   */
  successes: Array<ExternalAgentConfigImportHistoryRecordSuccessParams>,
  /**
   * What could not be imported.
   */
  failures: Array<ExternalAgentConfigImportItemTypeFailure>,
};
