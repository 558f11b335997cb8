// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportHistoryRecordTypeResultParams } from "./ExternalAgentConfigImportHistoryRecordTypeResultParams";

/**
 * Params of `externalAgentConfig/import/recordHistory`.
 */
export type ExternalAgentConfigImportHistoryRecordParams = {
  /**
   * Provider whose things were imported; any text, not interpreted.
   */
  providerId: string,
  /**
   * How it went, by kind of item.
   */
  itemTypeResults: Array<ExternalAgentConfigImportHistoryRecordTypeResultParams>,
};
