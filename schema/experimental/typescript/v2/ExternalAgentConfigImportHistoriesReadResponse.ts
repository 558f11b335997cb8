// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigImportHistory } from "./ExternalAgentConfigImportHistory";
import type { ExternalAgentImportedConnectorCandidate } from "./ExternalAgentImportedConnectorCandidate";

/**
 * Result of `externalAgentConfig/import/readHistories`.
 */
export type ExternalAgentConfigImportHistoriesReadResponse = {
  /**
   * The imports on record; empty when there was none.
   */
  data: Array<ExternalAgentConfigImportHistory>,
  /**
   * Connectors that imports brought up; may be empty.
   */
  connectors: Array<ExternalAgentImportedConnectorCandidate>,
};
