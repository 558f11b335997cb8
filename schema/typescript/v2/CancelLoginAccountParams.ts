// Generated from the protocol crate; do not edit.

/**
 * Params of `account/login/cancel`.
 */
export type CancelLoginAccountParams = {
  /**
   * The login to cancel, a UUID as answered by `account/login/start`.
   */
  loginId: string,
};
