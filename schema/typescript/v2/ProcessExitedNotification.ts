// Generated from the protocol crate; do not edit.

/**
 * `process/exited`: how a process ended and what it wrote.
 */
export type ProcessExitedNotification = {
  /**
   * Handle of the process, as the client chose it in `process/spawn`.
   */
  processHandle: string,
  /**
   * Its exit code; usually 137 after `process/kill`.
   */
  exitCode: number,
  /**
   * True when the wait for output after the exit ran out with neither the end nor the cap of a stream reached, so
   * output may be missing; absent from older servers.
   */
  outputDrainTimedOut?: boolean,
  /**
   * What was captured of stdout; empty when it was streamed.
   */
  stdout: string,
  /**
   * Whether stdout hit `outputBytesCap`; with streaming the last stdout delta says so too.
   */
  stdoutCapReached: boolean,
  /**
   * What was captured of stderr; empty when it was streamed.
   */
  stderr: string,
  /**
   * Whether stderr hit `outputBytesCap`; with streaming the last stderr delta says so too.
   */
  stderrCapReached: boolean,
};
