// Generated from the protocol crate; do not edit.

/**
 * Params of `account/read`.
 */
export type GetAccountParams = {
  /**
   * Renews the access token before answering, even when it is still valid. No effect on logins whose tokens the
   * client supplies. Default false.
   */
  refreshToken?: boolean,
};
