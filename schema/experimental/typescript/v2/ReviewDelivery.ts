// Generated from the protocol crate; do not edit.

/**
 * Where a review runs.
 *
 * - "inline": On the thread that was given; the only place there is. `detached` is refused.
 */
export type ReviewDelivery = "inline";
