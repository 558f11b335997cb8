// Generated from the protocol crate; do not edit.

import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { SkillDependencies } from "./SkillDependencies";
import type { SkillInterface } from "./SkillInterface";
import type { SkillScope } from "./SkillScope";

/**
 * A skill, as far as it is known before the model reads it.
 */
export type SkillMetadata = {
  /**
   * Its name, at most 64 characters and by default that of its folder; `plugin:skill` for one of a plugin.
   */
  name: string,
  /**
   * What it is for and when to use it; every skill has one.
   */
  description: string,
  /**
   * Short text from the front matter of `SKILL.md`, for older skills; null for none. `interface.shortDescription` is
   * to be preferred.
   */
  shortDescription?: string,
  /**
   * How it presents itself; null when it says nothing about that.
   */
  interface?: SkillInterface,
  /**
   * What it needs; null when it says nothing about that.
   */
  dependencies?: SkillDependencies,
  /**
   * Its `SKILL.md`.
   */
  path: LegacyAppPathString,
  /**
   * Where it comes from.
   */
  scope: SkillScope,
  /**
   * Whether it may be used; false when turned off in the configuration.
   */
  enabled: boolean,
  /**
   * The plugin it belongs to, `name@marketplace`; null for none or when unknown.
   */
  pluginId: string | null,
};
