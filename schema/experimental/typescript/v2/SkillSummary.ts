// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { SkillInterface } from "./SkillInterface";

/**
 * A skill that a plugin brings.
 */
export type SkillSummary = {
  /**
   * Name of the skill.
   */
  name: string,
  /**
   * What it is for and when to use it, for the model.
   */
  description: string,
  /**
   * The same in a few words, for people; null when not told.
   */
  shortDescription: string | null,
  /**
   * How to show it; null when nothing is told.
   */
  interface: SkillInterface | null,
  /**
   * Where the skill lies; null when it is not on this machine.
   */
  path: LegacyAppPathString | null,
  /**
   * Whether it is switched on.
   */
  enabled: boolean,
};
