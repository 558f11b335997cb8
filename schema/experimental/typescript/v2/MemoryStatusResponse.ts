// Generated from the protocol crate; do not edit.

/**
 * Result of `memory/status`.
 */
export type MemoryStatusResponse = {
  /**
   * Number of different threads consolidated into memories of version 2.
   */
  v2ConsolidatedThreads: number,
  /**
   * Whether memories of version 2 are ready for use.
   */
  v2Ready: boolean,
};
