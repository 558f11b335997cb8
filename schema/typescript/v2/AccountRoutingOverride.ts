// Generated from the protocol crate; do not edit.

/**
 * Which backend region a workspace's requests must go to.
 *
 * - "NO_CONSTRAINT": No region is prescribed.
 * - "us": Only the United States.
 * - "us_cr": The region that the backend calls `us_cr`.
 */
export type AccountRoutingOverride = "NO_CONSTRAINT" | "us" | "us_cr";
