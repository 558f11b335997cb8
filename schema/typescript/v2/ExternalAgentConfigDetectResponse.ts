// Generated from the protocol crate; do not edit.

import type { ExternalAgentConfigMigrationItem } from "./ExternalAgentConfigMigrationItem";
import type { ExternalAgentDetectedConnectorCandidate } from "./ExternalAgentDetectedConnectorCandidate";

/**
 * Result of `externalAgentConfig/detect`.
 */
export type ExternalAgentConfigDetectResponse = {
  /**
   * What can be imported; empty when there is nothing.
   */
  items: Array<ExternalAgentConfigMigrationItem>,
  /**
   * Connectors that the other agent seems to have used. Absent: none.
   */
  connectors: Array<ExternalAgentDetectedConnectorCandidate>,
};
