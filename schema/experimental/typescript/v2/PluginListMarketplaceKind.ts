// Generated from the protocol crate; do not edit.

/**
 * A kind of marketplace to ask.
 *
 * - "local": Marketplace files on this machine.
 * - "vertical": The vertical marketplaces of the remote catalogue.
 * - "workspace-directory": The remote directory of the workspace.
 * - "shared-with-me": Remote plugins that others share with the user.
 * - "created-by-me-remote": Remote plugins that the user made.
 */
export type PluginListMarketplaceKind = "local" | "vertical" | "workspace-directory" | "shared-with-me" | "created-by-me-remote";
