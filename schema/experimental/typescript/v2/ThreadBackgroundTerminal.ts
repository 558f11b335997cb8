// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * A command that the model started and that still runs in the background.
 */
export type ThreadBackgroundTerminal = {
  /**
   * The `commandExecution` item that started it.
   */
  itemId: string,
  /**
   * Id of the process within the server, for `thread/backgroundTerminals/terminate`; not the one of the system.
   */
  processId: string,
  /**
   * The command line.
   */
  command: string,
  /**
   * Working directory it runs in.
   */
  cwd: LegacyAppPathString,
  /**
   * Process id given by the operating system; null when unknown.
   */
  osPid: number | null,
  /**
   * CPU use in percent; null when unknown.
   */
  cpuPercent: number | null,
  /**
   * Resident memory in kilobytes; null when unknown.
   */
  rssKb: number | null,
};
