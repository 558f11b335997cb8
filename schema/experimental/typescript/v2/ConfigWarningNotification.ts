// Generated from the protocol crate; do not edit.

import type { TextRange } from "./TextRange";

/**
 * `configWarning`: something in the configuration was not taken as written. The server goes on.
 */
export type ConfigWarningNotification = {
  /**
   * What is wrong, in one sentence.
   */
  summary: string,
  /**
   * The cause or what to do; null when there is nothing to add.
   */
  details: string | null,
  /**
   * The file in question; null when it is none.
   */
  path?: string,
  /**
   * The place in that file; null when unknown.
   */
  range?: TextRange,
};
