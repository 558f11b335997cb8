// Generated from the protocol crate; do not edit.

/**
 * How a shared plugin can be found.
 *
 * - "LISTED": It appears in listings.
 * - "UNLISTED": It is left out of listings.
 * - "PRIVATE": It is private.
 */
export type PluginShareDiscoverability = "LISTED" | "UNLISTED" | "PRIVATE";
