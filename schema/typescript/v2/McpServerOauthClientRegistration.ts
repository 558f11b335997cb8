// Generated from the protocol crate; do not edit.

/**
 * How the server makes itself known to the authorization server as an OAuth client.
 *
 * - "auto": The way is found out from what the authorization server offers. The default.
 * - "cimd": By a client ID metadata document.
 * - "dcr": By dynamic client registration.
 */
export type McpServerOauthClientRegistration = "auto" | "cimd" | "dcr";
