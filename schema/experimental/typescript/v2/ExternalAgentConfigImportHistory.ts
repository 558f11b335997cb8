// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportItemTypeFailure } from "./ExternalAgentConfigImportItemTypeFailure";
import type { ExternalAgentConfigImportItemTypeSuccess } from "./ExternalAgentConfigImportItemTypeSuccess";

/**
 * An import on record.
 */
export type ExternalAgentConfigImportHistory = {
  /**
   * Id of the import.
   */
  importId: string,
  /**
   * Provider that the client named for it; null when it named none.
   */
  providerId: string | null,
  /**
   * When it ended, in Unix milliseconds.
   */
  completedAtMs: number,
  /**
   * What was imported.
   */
  successes: Array<ExternalAgentConfigImportItemTypeSuccess>,
  /**
   * What could not be imported.
   */
  failures: Array<ExternalAgentConfigImportItemTypeFailure>,
};
