// Generated from the protocol crate; do not edit.

import type { AppReview } from "./AppReview";
import type { AppScreenshot } from "./AppScreenshot";

/**
 * Details of an app from the directory; what is not told is null.
 */
export type AppMetadata = {
  /**
   * How its review stands.
   */
  review: AppReview | null,
  /**
   * Categories in the directory.
   */
  categories: Array<string> | null,
  /**
   * Narrower categories.
   */
  subCategories: Array<string> | null,
  /**
   * Description written for search engines.
   */
  seoDescription: string | null,
  /**
   * Pictures of the app.
   */
  screenshots: Array<AppScreenshot> | null,
  /**
   * Name of the developer.
   */
  developer: string | null,
  /**
   * Version, as the developer writes it.
   */
  version: string | null,
  /**
   * Id of that version.
   */
  versionId: string | null,
  /**
   * What is new in that version, for people.
   */
  versionNotes: string | null,
  /**
   * Whether an app of the vendor's own must be installed first.
   */
  firstPartyRequiresInstall: boolean | null,
  /**
   * Whether to offer it in the composer before the user has connected it.
   */
  showInComposerWhenUnlinked: boolean | null,
};
