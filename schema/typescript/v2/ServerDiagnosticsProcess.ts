// Generated from the protocol crate; do not edit.

/**
 * The server process, as the operating system sees it.
 */
export type ServerDiagnosticsProcess = {
  /**
   * Process id of the server.
   */
  id: number,
  /**
   * Memory held in RAM, in bytes; null when unknown.
   */
  residentMemoryBytes: number | null,
  /**
   * Physical footprint, in bytes; null where the system does not tell it.
   */
  physicalFootprintBytes: number | null,
};
