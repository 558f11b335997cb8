// Generated from the protocol crate; do not edit.

import type { GuardianAssessmentOutcome } from "../GuardianAssessmentOutcome";
import type { GuardianRiskLevel } from "./GuardianRiskLevel";
import type { GuardianUserAuthorization } from "./GuardianUserAuthorization";

/**
 * What the automatic reviewer thinks of an action.
 */
export type ThreadGuardianAssessment = {
  /**
   * The verdict.
   */
  outcome: GuardianAssessmentOutcome,
  /**
   * How risky the action is.
   */
  riskLevel: GuardianRiskLevel,
  /**
   * How far the user is taken to have authorized it.
   */
  userAuthorization: GuardianUserAuthorization,
  /**
   * Reasons for the verdict, for people.
   */
  rationale: string,
};
