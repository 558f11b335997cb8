// Generated from the protocol crate; do not edit.

/**
 * Where data must stay.
 *
 * - "us": In the United States.
 */
export type ResidencyRequirement = "us";
