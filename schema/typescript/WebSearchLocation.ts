// Generated from the protocol crate; do not edit.

/**
 * Roughly where the user is, to make searches fit. Unknown keys are refused.
 */
export type WebSearchLocation = {
  /**
   * Two-letter country code.
   */
  country: string | null,
  /**
   * Region or state, free text.
   */
  region: string | null,
  /**
   * City, free text.
   */
  city: string | null,
  /**
   * Time zone of the IANA list, such as `Europe/Berlin`.
   */
  timezone: string | null,
};
