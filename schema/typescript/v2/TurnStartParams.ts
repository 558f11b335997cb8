// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { JsonValue } from "../serde_json/JsonValue";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { TurnToolOutput } from "./TurnToolOutput";
import type { UserInput } from "./UserInput";

/**
 * Params of `turn/start`. While a turn runs it adds the input to that one, as `turn/steer` does.
 */
export type TurnStartParams = {
  /**
   * The thread; it must be loaded.
   */
  threadId: string,
  /**
   * Plugins to switch off for the thread, in place of the former list; absent keeps it, an empty list clears it.
   */
  disabledPluginIds?: Array<string> | null,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId?: string | null,
  /**
   * The parts of the message. An empty list runs a turn without one.
   */
  input: Array<UserInput>,
  /**
   * What made the client start it, for statistics; ignored when it joins a running turn.
   */
  turnTrigger?: string | null,
  /**
   * The turn on whose behalf this one runs, of another thread perhaps; absent for work of the user's own. Ignored
   * when it joins a running turn.
   */
  parentTurnId?: string | null,
  /**
   * The turn that all this work began with; absent: this one. Ignored when it joins a running turn.
   */
  rootTurnId?: string | null,
  /**
   * A tool result to put before the model along with the input.
   */
  toolOutput?: TurnToolOutput | null,
  /**
   * Working directory, from this turn on.
   */
  cwd?: string | null,
  /**
   * When the user is asked, from this turn on.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals, from this turn on.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do, from this turn on. Not together with `permissions`.
   */
  sandboxPolicy?: SandboxPolicy | null,
  /**
   * Slug of the model, from this turn on.
   */
  model?: string | null,
  /**
   * Speed tier from this turn on. Three states: absent keeps it, null goes back to the model's default, a value sets
   * it.
   */
  serviceTier?: string | null,
  /**
   * Speed tier of this turn alone, `default` for the usual speed; absent: the thread's. Ignored when it joins a
   * running turn.
   */
  serviceTierForTurn?: string | null,
  /**
   * Effort of reasoning, from this turn on.
   */
  effort?: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up, from this turn on.
   */
  summary?: ReasoningSummary | null,
  /**
   * Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality?: Personality | null,
  /**
   * JSON Schema that the last message must follow, in this turn only.
   */
  outputSchema?: JsonValue,
};
