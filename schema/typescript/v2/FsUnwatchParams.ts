// Generated from the protocol crate; do not edit.

/**
 * Params of `fs/unwatch`.
 */
export type FsUnwatchParams = {
  /**
   * The watch to end, by the id given to `fs/watch` on this connection.
   */
  watchId: string,
};
