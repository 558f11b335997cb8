// Generated from the protocol crate; do not edit.

import type { CommandMigration } from "./CommandMigration";
import type { HookMigration } from "./HookMigration";
import type { McpServerMigration } from "./McpServerMigration";
import type { PluginsMigration } from "./PluginsMigration";
import type { SessionMigration } from "./SessionMigration";
import type { SkillMigration } from "./SkillMigration";
import type { SubagentMigration } from "./SubagentMigration";

/**
 * The single things behind an item, by kind; lists without entries are empty or absent.
 */
export type MigrationDetails = {
  /**
   * Plugins, by marketplace. Absent: none.
   */
  plugins: Array<PluginsMigration>,
  /**
   * Skills. Absent: none.
   */
  skills: Array<SkillMigration>,
  /**
   * Sessions. Absent: none.
   */
  sessions: Array<SessionMigration>,
  /**
   * MCP servers. Absent: none.
   */
  mcpServers: Array<McpServerMigration>,
  /**
   * Hooks. Absent: none.
   */
  hooks: Array<HookMigration>,
  /**
   * Roles for sub-agents. Absent: none.
   */
  subagents: Array<SubagentMigration>,
  /**
   * Custom commands. Absent: none.
   */
  commands: Array<CommandMigration>,
  /**
   * Memories. Absent: none.
   */
  memory?: Array<string>,
};
