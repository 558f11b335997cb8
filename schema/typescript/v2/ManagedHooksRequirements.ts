// Generated from the protocol crate; do not edit.

import type { ConfiguredHookMatcherGroup } from "./ConfiguredHookMatcherGroup";

/**
 * The managed hooks, by event, and the folders they belong to. An event without hooks has an empty list.
 */
export type ManagedHooksRequirements = {
  /**
   * Run before a request to the model. Absent: none.
   */
  PreModelRequest: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run after a request to the model. Absent: none.
   */
  PostModelRequest: Array<ConfiguredHookMatcherGroup>,
  /**
   * Folder of the managed hooks; for Windows see `windowsManagedDir`. Null: none is set.
   */
  managedDir: string | null,
  /**
   * Folder of the managed hooks on Windows. Null: none is set.
   */
  windowsManagedDir: string | null,
  /**
   * Run before a tool, and able to block it.
   */
  PreToolUse: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run when an approval is needed; they may allow or deny in place of the user.
   */
  PermissionRequest: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run after a tool; they may replace what the model sees of its output.
   */
  PostToolUse: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run before the history is compacted.
   */
  PreCompact: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run after the history was compacted.
   */
  PostCompact: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run when a session starts, at the first turn of a loaded thread.
   */
  SessionStart: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run once for a loaded thread when its session ends. Absent: none.
   */
  SessionEnd: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run on input of the user before the model gets it, and able to block it.
   */
  UserPromptSubmit: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run when a sub-agent starts.
   */
  SubagentStart: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run when a sub-agent stops.
   */
  SubagentStop: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run when a turn is about to end; they may make it go on.
   */
  Stop: Array<ConfiguredHookMatcherGroup>,
  /**
   * Run on an interruption. Absent: none.
   */
  Interrupt: Array<ConfiguredHookMatcherGroup>,
};
