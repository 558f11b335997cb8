// Generated from the protocol crate; do not edit.

/**
 * Params of `command/exec/terminate`.
 */
export type CommandExecTerminateParams = {
  /**
   * The command, by the id that the client chose.
   */
  processId: string,
};
