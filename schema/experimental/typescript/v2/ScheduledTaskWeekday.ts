// Generated from the protocol crate; do not edit.

/**
 * A day of the week.
 *
 * - "MO": Monday.
 * - "TU": Tuesday.
 * - "WE": Wednesday.
 * - "TH": Thursday.
 * - "FR": Friday.
 * - "SA": Saturday.
 * - "SU": Sunday.
 */
export type ScheduledTaskWeekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";
