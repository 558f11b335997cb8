// Generated from the protocol crate; do not edit.

/**
 * Settings of the accounts connected to one app: a map from the link's id to `AppLinkConfig`.
 */
export type AppLinksConfig = Record<string, never>;
