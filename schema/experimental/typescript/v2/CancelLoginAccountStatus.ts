// Generated from the protocol crate; do not edit.

/**
 * What cancelling a login did.
 *
 * - "canceled": The login is cancelled.
 * - "notFound": No login with this id is under way.
 */
export type CancelLoginAccountStatus = "canceled" | "notFound";
