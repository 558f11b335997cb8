// Generated from the protocol crate; do not edit.

import type { ScheduledTaskWeekday } from "./ScheduledTaskWeekday";

/**
 * When a scheduled task runs.
 */
export type ScheduledTaskSchedule =
  /**
   * Every so many hours.
   */
  {
    type: "hourly",
    /**
     * Hours from one run to the next.
     */
    intervalHours: number,
    /**
     * Days on which it runs; null: not limited to certain days.
     */
    days: Array<ScheduledTaskWeekday> | null,
  }
  /**
   * Once every day.
   */
  | {
    type: "daily",
    /**
     * Time of day.
     */
    time: string,
  }
  /**
   * Once on each weekday.
   */
  | {
    type: "weekdays",
    /**
     * Time of day.
     */
    time: string,
  }
  /**
   * Every week on chosen days.
   */
  | {
    type: "weekly",
    /**
     * Days on which it runs.
     */
    days: Array<ScheduledTaskWeekday>,
    /**
     * Time of day.
     */
    time: string,
  };
