// Generated from the protocol crate; do not edit.

import type { GatewayOAuthPrompt } from "./GatewayOAuthPrompt";

/**
 * Result of `account/gatewayOAuth/login`: the login has started; how it ends comes as `account/gatewayOAuth/changed`.
 */
export type GatewayOAuthLoginResponse = {
  /**
   * What to show the user for device authorization; null for other logins.
   */
  prompt: GatewayOAuthPrompt | null,
};
