// Generated from the protocol crate; do not edit.

import type { ServerDiagnosticsGauge } from "./ServerDiagnosticsGauge";
import type { ServerDiagnosticsProcess } from "./ServerDiagnosticsProcess";

/**
 * Result of `server/diagnostics`.
 */
export type ServerDiagnosticsResponse = {
  /**
   * The server process.
   */
  process: ServerDiagnosticsProcess,
  /**
   * Figures about load; clients should pass over names they do not know.
   */
  gauges: Array<ServerDiagnosticsGauge>,
};
