// Generated from the protocol crate; do not edit.

import type { TurnPlanStepStatus } from "./TurnPlanStepStatus";

/**
 * One step of the model's plan.
 */
export type TurnPlanStep = {
  /**
   * What is to be done, for people.
   */
  step: string,
  /**
   * How far it is.
   */
  status: TurnPlanStepStatus,
};
