// Generated from the protocol crate; do not edit.

import type { ExternalAgentImportedConnectorSource } from "./ExternalAgentImportedConnectorSource";

/**
 * A connector that an import brought up.
 */
export type ExternalAgentImportedConnectorCandidate = {
  /**
   * Name of the connector.
   */
  name: string,
  /**
   * In how many sessions it turned up.
   */
  sessionCount: number,
  /**
   * How it was noticed.
   */
  source: ExternalAgentImportedConnectorSource,
};
