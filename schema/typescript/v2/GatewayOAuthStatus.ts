// Generated from the protocol crate; do not edit.

/**
 * How a gateway login stands.
 *
 * - "notReady": There are no usable credentials, and no login runs.
 * - "started": A login runs.
 * - "succeeded": Credentials are at hand.
 * - "failed": The login failed; `error` may say why.
 */
export type GatewayOAuthStatus = "notReady" | "started" | "succeeded" | "failed";
