// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";

/**
 * Params of `turn/settings/update`: changes for one running turn of any kind. What is absent stays; fields that it
 * does not have are refused. Agents that the turn started keep theirs, and so does what works with the settings the
 * turn began with. Experimental.
 */
export type TurnSettingsUpdateParams = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn to change; one that does not run gives `targetUnavailable`.
   */
  turnId: string,
  /**
   * Who answers approvals in this turn from now on; absent or null keeps it. Open approvals and steps under way stay
   * with the former one.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * Where commands of the next steps run. Absent or null keeps the choice, an empty list means nowhere; a step under
   * way is not touched.
   */
  environments?: Array<TurnEnvironmentParams> | null,
  /**
   * Slug of the model; absent or null keeps it.
   */
  model?: string | null,
  /**
   * Effort of reasoning; absent or null keeps it.
   */
  effort?: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up; absent or null keeps it.
   */
  summary?: ReasoningSummary | null,
  /**
   * Speed tier to ask for. Three states: absent keeps it, null clears it, a value sets it.
   */
  serviceTier?: string | null,
};
