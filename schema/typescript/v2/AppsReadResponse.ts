// Generated from the protocol crate; do not edit.

import type { ConnectorMetadata } from "./ConnectorMetadata";

/**
 * Result of `app/read`. Experimental.
 */
export type AppsReadResponse = {
  /**
   * The apps that were found.
   */
  apps: Array<ConnectorMetadata>,
  /**
   * Ids asked for that were not found.
   */
  missingAppIds: Array<string>,
};
