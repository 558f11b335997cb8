// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { JsonValue } from "../serde_json/JsonValue";
import type { SandboxMode } from "./SandboxMode";
import type { ThreadSource } from "./ThreadSource";

/**
 * Params of `thread/fork`. The source is the stored thread with this id, or the rollout file at `path` when one is
 * given; the id is the better choice.
 */
export type ThreadForkParams = {
  /**
   * The thread to fork; not looked at when `path` decides.
   */
  threadId: string,
  /**
   * The last turn to keep; it must not be running. Absent or null: all turns. Not together with `beforeTurnId`.
   */
  lastTurnId?: string | null,
  /**
   * Slug of the model for the fork.
   */
  model?: string | null,
  /**
   * Id of the provider for the fork.
   */
  modelProvider?: string | null,
  /**
   * Three states: absent sets nothing, null chooses the model's default, a value sets the tier.
   */
  serviceTier?: string | null,
  /**
   * Working directory of the fork.
   */
  cwd?: string | null,
  /**
   * When the user is asked.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals, from the first turn of the fork on.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do. Not together with `permissions`.
   */
  sandbox?: SandboxMode | null,
  /**
   * Overrides of configuration keys for the fork, nested or dotted.
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
   * Keeps the fork in memory only: no file, no place in lists. Wants `excludeTurns`. Default false.
   */
  ephemeral?: boolean,
  /**
   * Why it is forked, in the client's words, for statistics.
   */
  threadSource?: ThreadSource | null,
  /**
   * Leaves `thread.turns` empty, for clients that page through turns and items by `thread/turns/list` and its like;
   * threads with paginated history want that, else they send a `deprecationNotice`. Default false.
   */
  excludeTurns?: boolean,
};
