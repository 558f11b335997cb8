// Generated from the protocol crate; do not edit.

/**
 * Params of `command/exec/write`; at least one of `deltaBase64` and `closeStdin` must be given.
 */
export type CommandExecWriteParams = {
  /**
   * The command, by the id that the client chose.
   */
  processId: string,
  /**
   * Bytes to write, in base64; absent or null: none.
   */
  deltaBase64?: string | null,
  /**
   * Whether to close its input, after the bytes are written. Default false.
   */
  closeStdin?: boolean,
};
