// Generated from the protocol crate; do not edit.

/**
 * What a shell call does.
 */
export type LocalShellAction =
  /**
   * Runs a program.
   */
  {
    type: "exec",
    /**
     * Program and arguments, one entry each; no shell takes part.
     */
    command: Array<string>,
    /**
     * Longest time it may run, in milliseconds; absent for the default.
     */
    timeout_ms?: number,
    /**
     * Folder to run in; absent for the thread's.
     */
    working_directory?: string,
    /**
     * Variables to set; absent for none.
     */
    env?: { [key in string]?: string },
    /**
     * User to run as; absent for the server's own.
     */
    user?: string,
  };
