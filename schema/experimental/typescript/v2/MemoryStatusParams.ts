// Generated from the protocol crate; do not edit.

/**
 * Params of `memory/status`: what counts as enough.
 */
export type MemoryStatusParams = {
  /**
   * How many different threads must be consolidated, from 1 to 4096. Absent or null: 20.
   */
  minConsolidatedThreads?: number | null,
};
