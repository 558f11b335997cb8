// Generated from the protocol crate; do not edit.

/**
 * How far a step of a plan is.
 *
 * - "pending": Not begun.
 * - "inProgress": Being worked on.
 * - "completed": Done.
 */
export type TurnPlanStepStatus = "pending" | "inProgress" | "completed";
