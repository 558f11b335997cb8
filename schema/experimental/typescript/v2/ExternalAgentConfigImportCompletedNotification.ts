// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportTypeResult } from "./ExternalAgentConfigImportTypeResult";

/**
 * Params of `externalAgentConfig/import/completed`.
 */
export type ExternalAgentConfigImportCompletedNotification = {
  /**
   * The import that has ended.
   */
  importId: string,
  /**
   * All results, by kind of item.
   */
  itemTypeResults: Array<ExternalAgentConfigImportTypeResult>,
};
