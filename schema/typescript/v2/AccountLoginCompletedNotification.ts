// Generated from the protocol crate; do not edit.

import type { DesktopOnboardingEntrypoint } from "./DesktopOnboardingEntrypoint";

/**
 * `account/login/completed`: how a login ended.
 */
export type AccountLoginCompletedNotification = {
  /**
   * The login, as answered by `account/login/start`; null for kinds that are done at once, such as API keys.
   */
  loginId: string | null,
  /**
   * Whether the user is signed in now.
   */
  success: boolean,
  /**
   * Why it failed, for people; null on success. Clients match some of these texts, so they are fixed.
   */
  error: string | null,
  /**
   * Where a desktop app begins its onboarding; null for the usual place.
   */
  onboardingEntrypoint: DesktopOnboardingEntrypoint | null,
};
