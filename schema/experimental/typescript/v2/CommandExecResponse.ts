// Generated from the protocol crate; do not edit.

/**
 * Result of `command/exec`, once the command has exited.
 */
export type CommandExecResponse = {
  /**
   * Its exit code; 124 after a timeout.
   */
  exitCode: number,
  /**
   * What it printed to standard output, up to the cap; empty when streamed.
   */
  stdout: string,
  /**
   * What it printed to standard error, up to the cap; empty when streamed.
   */
  stderr: string,
};
