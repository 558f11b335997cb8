// Generated from the protocol crate; do not edit.

/**
 * How a shared plugin shall be found from now on; same values as in the result.
 *
 * - "UNLISTED": Left out of listings.
 * - "PRIVATE": Private.
 * - "LISTED": In listings.
 */
export type PluginShareUpdateDiscoverability = "UNLISTED" | "PRIVATE" | "LISTED";
