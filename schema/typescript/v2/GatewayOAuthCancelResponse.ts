// Generated from the protocol crate; do not edit.

/**
 * Result of `account/gatewayOAuth/cancel`; it has no fields.
 */
export type GatewayOAuthCancelResponse = Record<string, never>;
