// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * How a skill presents itself to people, from its `agents/openai.yaml`.
 */
export type SkillInterface = {
  /**
   * Name to show; null when it gives none.
   */
  displayName?: string,
  /**
   * A short text to show; null when it gives none.
   */
  shortDescription?: string,
  /**
   * File of the small icon; null for none.
   */
  iconSmall?: AbsolutePathBuf,
  /**
   * File of the large icon; null for none.
   */
  iconLarge?: AbsolutePathBuf,
  /**
   * Where the plugin catalogue serves the small icon; null for none.
   */
  iconSmallUrl: string | null,
  /**
   * Where the plugin catalogue serves the large icon; null for none.
   */
  iconLargeUrl: string | null,
  /**
   * Colour to show it in; null for none.
   */
  brandColor?: string,
  /**
   * Text to start from when using it; null for none.
   */
  defaultPrompt?: string,
};
