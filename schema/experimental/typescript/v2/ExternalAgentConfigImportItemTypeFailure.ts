// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItemType } from "./ExternalAgentConfigMigrationItemType";

/**
 * Something that could not be imported.
 */
export type ExternalAgentConfigImportItemTypeFailure = {
  /**
   * What kind of thing it is.
   */
  itemType: ExternalAgentConfigMigrationItemType,
  /**
   * Class of the error; null when it has none.
   */
  errorType: string | null,
  /**
   * Finer class of the error; null when it has none.
   */
  subErrorType: string | null,
  /**
   * Step of the import that failed.
   */
  failureStage: string,
  /**
   * What went wrong, for people.
   */
  message: string,
  /**
   * Working directory it belongs to; null when it belongs to none.
   */
  cwd: string | null,
  /**
   * What it should have been imported from; null when unknown.
   */
  source: string | null,
};
