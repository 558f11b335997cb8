// Generated from the protocol crate; do not edit.

/**
 * A verification that can be named for the model of a turn.
 *
 * - "trustedAccessForCyber": Trusted access for work on cyber security.
 */
export type ModelVerification = "trustedAccessForCyber";
