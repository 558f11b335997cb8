// Generated from the protocol crate; do not edit.

/**
 * Params of `accountSession/switch`: where to change to.
 */
export type AccountSessionsSwitchParams = {
  /**
   * Id of the login, as `accountSession/list` tells it.
   */
  sessionId: string,
  /**
   * Account id of the workspace to choose in that login; no id of a user.
   */
  accountId: string,
  /**
   * Lets the server begin a login in the browser where the workspace demands single sign-on. Default false.
   */
  allowBrowserLogin?: boolean,
};
