// Generated from the protocol crate; do not edit.

/**
 * How a goal stands.
 *
 * - "active": It is worked on.
 * - "paused": Work on it rests until it is taken up again.
 * - "blocked": Something stands in the way of going on.
 * - "usageLimited": Stopped by a usage limit.
 * - "budgetLimited": Stopped by its token budget.
 * - "complete": It was reached.
 */
export type ThreadGoalStatus = "active" | "paused" | "blocked" | "usageLimited" | "budgetLimited" | "complete";
