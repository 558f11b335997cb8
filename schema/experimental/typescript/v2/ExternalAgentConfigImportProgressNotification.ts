// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportTypeResult } from "./ExternalAgentConfigImportTypeResult";

/**
 * Params of `externalAgentConfig/import/progress`.
 */
export type ExternalAgentConfigImportProgressNotification = {
  /**
   * The import that goes on.
   */
  importId: string,
  /**
   * What has been done, by kind of item.
   */
  itemTypeResults: Array<ExternalAgentConfigImportTypeResult>,
};
