// Generated from the protocol crate; do not edit.

/**
 * Programmes for work on computer security. Whether one is granted is the provider's decision.
 *
 * - "standard": No programme in particular.
 * - "daybreakBlue": The programme `daybreakBlue`.
 * - "daybreakRed": The programme `daybreakRed`.
 */
export type CyberAccessProgram = "standard" | "daybreakBlue" | "daybreakRed";
