// Generated from the protocol crate; do not edit.

/**
 * Params of `process/writeStdin`.
 */
export type ProcessWriteStdinParams = {
  /**
   * Handle of a running process that was spawned with `streamStdin` or `tty`.
   */
  processHandle: string,
  /**
   * Bytes to write, in Base64; absent or null: none.
   */
  deltaBase64?: string | null,
  /**
   * Closes stdin, after the bytes if there are any. Default false.
   */
  closeStdin?: boolean,
};
