// Generated from the protocol crate; do not edit.

/**
 * Result of `externalAgentConfig/import`; the import goes on after it.
 */
export type ExternalAgentConfigImportResponse = {
  /**
   * Id of the import, as its notifications and the history carry it.
   */
  importId: string,
};
