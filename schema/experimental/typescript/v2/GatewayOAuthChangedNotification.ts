// Generated from the protocol crate; do not edit.

import type { GatewayOAuthStatus } from "./GatewayOAuthStatus";

/**
 * `account/gatewayOAuth/changed`: how the login to a provider's gateway stands now.
 */
export type GatewayOAuthChangedNotification = {
  /**
   * Id of the device login that ended, as in `prompt.loginId`; null for other news.
   */
  loginId: string | null,
  /**
   * URL to sign in at, for the asking connection alone; null for all others and when there is nothing to open.
   */
  authUrl: string | null,
  /**
   * Id of the provider whose gateway it is.
   */
  providerId: string,
  /**
   * How the login stands.
   */
  status: GatewayOAuthStatus,
  /**
   * What went wrong, for people; null when nothing did.
   */
  error: string | null,
};
