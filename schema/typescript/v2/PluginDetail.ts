// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { AppSummary } from "./AppSummary";
import type { AppTemplateSummary } from "./AppTemplateSummary";
import type { PluginHookSummary } from "./PluginHookSummary";
import type { PluginSummary } from "./PluginSummary";
import type { ScheduledTaskSummary } from "./ScheduledTaskSummary";
import type { SkillSummary } from "./SkillSummary";

/**
 * A plugin with all it brings.
 */
export type PluginDetail = {
  /**
   * Name of the marketplace that offers it.
   */
  marketplaceName: string,
  /**
   * Absolute path of the marketplace file; null for the remote catalogue.
   */
  marketplacePath: AbsolutePathBuf | null,
  /**
   * The plugin as lists show it.
   */
  summary: PluginSummary,
  /**
   * Link by which the plugin is shared; null when there is none.
   */
  shareUrl: string | null,
  /**
   * What the plugin is for; null when not told.
   */
  description: string | null,
  /**
   * The skills it brings.
   */
  skills: Array<SkillSummary>,
  /**
   * The skill the plugin names for getting started; null unless both plugin and skill are enabled and the skill can
   * be seen.
   */
  onboardingSkill: SkillSummary | null,
  /**
   * The hooks it brings.
   */
  hooks: Array<PluginHookSummary>,
  /**
   * The apps it uses.
   */
  apps: Array<AppSummary>,
  /**
   * The templates for apps it uses.
   */
  appTemplates: Array<AppTemplateSummary>,
  /**
   * Names of the MCP servers it brings.
   */
  mcpServers: Array<string>,
  /**
   * Tasks it offers to run on a schedule; null when nothing is known about them.
   */
  scheduledTasks: Array<ScheduledTaskSummary> | null,
};
