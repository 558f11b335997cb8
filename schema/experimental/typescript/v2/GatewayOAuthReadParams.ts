// Generated from the protocol crate; do not edit.

/**
 * Params of `account/gatewayOAuth/read`: which provider to look at.
 */
export type GatewayOAuthReadParams = {
  /**
   * Id of a configured provider; absent or null: the current one.
   */
  modelProvider?: string | null,
};
