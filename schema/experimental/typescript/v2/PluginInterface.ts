// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * How to show a plugin, as its manifest or the catalogue says.
 */
export type PluginInterface = {
  /**
   * Name for people; null when not told.
   */
  displayName: string | null,
  /**
   * What it is for, in a few words; null when not told.
   */
  shortDescription: string | null,
  /**
   * What it is for, in full; null when not told.
   */
  longDescription: string | null,
  /**
   * Who made it; null when not told.
   */
  developerName: string | null,
  /**
   * Category to show it under; null when it has none.
   */
  category: string | null,
  /**
   * What it can do, in the words of its maker; empty when not told.
   */
  capabilities: Array<string>,
  /**
   * Its web page; null when there is none.
   */
  websiteUrl: string | null,
  /**
   * Its privacy policy; null when there is none.
   */
  privacyPolicyUrl: string | null,
  /**
   * Its terms of service; null when there are none.
   */
  termsOfServiceUrl: string | null,
  /**
   * Prompts to start with, at most 3 of at most 512 characters; null when there are none.
   */
  defaultPrompt: Array<string> | null,
  /**
   * Colour to show it in; null when not told.
   */
  brandColor: string | null,
  /**
   * Icon for the composer, as a file of the installed plugin; null when there is none.
   */
  composerIcon: AbsolutePathBuf | null,
  /**
   * Icon for the composer, as the catalogue's URL; null when there is none.
   */
  composerIconUrl: string | null,
  /**
   * Logo, as a file of the installed plugin; null when there is none.
   */
  logo: AbsolutePathBuf | null,
  /**
   * Logo for dark backgrounds, as a file of the installed plugin; null when there is none.
   */
  logoDark: AbsolutePathBuf | null,
  /**
   * Logo, as the catalogue's URL; null when there is none.
   */
  logoUrl: string | null,
  /**
   * Logo for dark backgrounds, as the catalogue's URL; null when there is none.
   */
  logoUrlDark: string | null,
  /**
   * Screenshots, as files of the installed plugin; empty when there are none.
   */
  screenshots: Array<AbsolutePathBuf>,
  /**
   * Screenshots, as URLs of the catalogue; empty when there are none.
   */
  screenshotUrls: Array<string>,
};
