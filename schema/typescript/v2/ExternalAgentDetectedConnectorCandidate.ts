// Generated from the protocol crate; do not edit.

import type { ExternalAgentDetectedConnectorSource } from "./ExternalAgentDetectedConnectorSource";

/**
 * A connector that the other agent seems to have used.
 */
export type ExternalAgentDetectedConnectorCandidate = {
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
  source: ExternalAgentDetectedConnectorSource,
};
