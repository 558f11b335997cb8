// Generated from the protocol crate; do not edit.

/**
 * How an app presents itself. Experimental.
 */
export type AppBranding = {
  /**
   * Category in the directory; null when none is given.
   */
  category: string | null,
  /**
   * Name of the developer; null when none is given.
   */
  developer: string | null,
  /**
   * URL of the website; null when none is given.
   */
  website: string | null,
  /**
   * The privacy policy, commonly its URL; null when none is given.
   */
  privacyPolicy: string | null,
  /**
   * The terms of service, commonly their URL; null when none are given.
   */
  termsOfService: string | null,
  /**
   * Whether the app may be found by looking through the directory.
   */
  isDiscoverableApp: boolean,
};
