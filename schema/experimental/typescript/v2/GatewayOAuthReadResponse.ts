// Generated from the protocol crate; do not edit.

import type { GatewayOAuthStatus } from "./GatewayOAuthStatus";

/**
 * Result of `account/gatewayOAuth/read`: what holds for the provider at present, without any credential.
 */
export type GatewayOAuthReadResponse = {
  /**
   * Id of the provider the answer is about.
   */
  providerId: string,
  /**
   * The provider's name for people.
   */
  providerName: string,
  /**
   * Whether the provider signs in by gateway OAuth; stays true once signed in.
   */
  required: boolean,
  /**
   * Whether an endpoint for device authorization is set up, so that `deviceAuth` may be asked for. Default false.
   */
  supportsDeviceAuth?: boolean,
  /**
   * How the login stands; null for a provider without gateway OAuth.
   */
  status: GatewayOAuthStatus | null,
  /**
   * What went wrong, for people; null when nothing did.
   */
  error: string | null,
};
