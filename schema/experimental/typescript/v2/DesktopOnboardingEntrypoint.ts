// Generated from the protocol crate; do not edit.

/**
 * Places where a desktop app may begin its onboarding.
 *
 * - "life_sciences": The one for life sciences.
 */
export type DesktopOnboardingEntrypoint = "life_sciences";
