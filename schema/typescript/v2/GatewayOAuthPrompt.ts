// Generated from the protocol crate; do not edit.

/**
 * What a user needs to finish a device login on any device with a browser.
 */
export type GatewayOAuthPrompt = {
  /**
   * Id of this attempt; comes back in `account/gatewayOAuth/changed`.
   */
  loginId: string,
  /**
   * Page to open in a browser.
   */
  verificationUrl: string,
  /**
   * Code to type in on that page.
   */
  userCode: string,
};
