// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { JsonValue } from "../serde_json/JsonValue";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";

/**
 * Params of `thread/resume`: load a thread and subscribe to it.
 *
 * A thread that is in memory is joined as it is, overrides are not taken, and a `path` must be the one it writes to.
 * Else it is made from `history`, from the file at `path` or from the stored thread with this id, the first that is
 * given.
 */
export type ThreadResumeParams = {
  /**
   * The thread. Not looked at when `history` or `path` decides.
   */
  threadId: string,
  /**
   * Slug of the model from here on; absent: the last one used.
   */
  model?: string | null,
  /**
   * Id of the provider from here on; absent: the last one used.
   */
  modelProvider?: string | null,
  /**
   * Three states: absent keeps the recorded tier, null goes back to the model's default, a value sets it.
   */
  serviceTier?: string | null,
  /**
   * Working directory from here on; absent: the recorded one.
   */
  cwd?: string | null,
  /**
   * When the user is asked; absent: as recorded.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals; absent: as recorded.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do; absent: as recorded. Not together with `permissions`.
   */
  sandbox?: SandboxMode | null,
  /**
   * Overrides of configuration keys for this thread, nested or dotted.
   */
  config?: { [key in string]?: JsonValue } | null,
  /**
   * System prompt in place of the server's own.
   */
  baseInstructions?: string | null,
  /**
   * Developer message put before the server's own.
   */
  developerInstructions?: string | null,
  /**
   * Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality?: Personality | null,
  /**
   * Leaves `thread.turns` empty, for clients that page through `thread/turns/list`; threads with paginated history
   * want that, else they send a `deprecationNotice`. Default false.
   */
  excludeTurns?: boolean,
};
