// Generated from the protocol crate; do not edit.

/**
 * Result of `externalAgentConfig/import/recordHistory`.
 */
export type ExternalAgentConfigImportHistoryRecordResponse = {
  /**
   * Id that the import has in the history.
   */
  importId: string,
};
