// Generated from the protocol crate; do not edit.

/**
 * Params of `account/gatewayOAuth/login`: which provider, and by which kind of login.
 */
export type GatewayOAuthLoginParams = {
  /**
   * Id of a configured provider; absent or null: the current one.
   */
  modelProvider?: string | null,
  /**
   * Signs in by device authorization, for which `account/gatewayOAuth/read` must have said `supportsDeviceAuth`.
   * Default false.
   */
  deviceAuth?: boolean,
};
