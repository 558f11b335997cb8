// Generated from the protocol crate; do not edit.

import type { AppTemplateUnavailableReason } from "./AppTemplateUnavailableReason";

/**
 * A template for apps that a plugin needs; a workspace makes apps of its own from it.
 */
export type AppTemplateSummary = {
  /**
   * Id of the template.
   */
  templateId: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * What the apps are for; null when not told.
   */
  description: string | null,
  /**
   * Category to show it under; null when it has none.
   */
  category: string | null,
  /**
   * Id of the connector the template stands for; null when there is none.
   */
  canonicalConnectorId: string | null,
  /**
   * URL of the logo; null when there is none.
   */
  logoUrl: string | null,
  /**
   * URL of the logo for dark backgrounds; null when there is none.
   */
  logoUrlDark: string | null,
  /**
   * Ids of the apps that were made from it.
   */
  materializedAppIds: Array<string>,
  /**
   * Why no app is to be had from it; null when none is given.
   */
  reason: AppTemplateUnavailableReason | null,
};
