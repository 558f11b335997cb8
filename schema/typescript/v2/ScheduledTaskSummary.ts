// Generated from the protocol crate; do not edit.

import type { ScheduledTaskSchedule } from "./ScheduledTaskSchedule";

/**
 * A task that a plugin offers to run on a schedule.
 */
export type ScheduledTaskSummary = {
  /**
   * Key of the task in the plugin.
   */
  key: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * The prompt that each run starts with.
   */
  prompt: string,
  /**
   * When it runs.
   */
  schedule: ScheduledTaskSchedule,
};
