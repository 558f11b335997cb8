// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
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
   * Takes over configuration, tools, environments and stored history of the source as they are, so that the prompt
   * cache of the provider is hit as often as it can be. The source must be loaded and stored, `ephemeral` must be
   * true, and `config` may hold `thread_unload_delay_secs` alone; turns on `features.reasoning_effort_override`. Not
   * together with `path`, `lastTurnId` or `beforeTurnId`. Default false.
   */
  experimentalPredictionMode?: boolean,
  /**
   * In prediction mode, runs without MCP servers where the context that was taken over works with incremental tools
   * over Responses Lite. Only together with `experimentalPredictionMode`. Default false.
   */
  experimentalDisablePredictionMcp?: boolean,
  /**
   * The last turn to keep; it must not be running. Absent or null: all turns. Not together with `beforeTurnId`.
   */
  lastTurnId?: string | null,
  /**
   * The first turn to leave out, with all that follow. Absent or null: none. Not together with `lastTurnId`.
   */
  beforeTurnId?: string | null,
  /**
   * Rollout file to fork from, in place of `threadId`; absent, null or empty: none. Unstable.
   */
  path?: string | null,
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
   * Folders that count as the workspace, in place of those the thread has; absolute.
   */
  runtimeWorkspaceRoots?: Array<AbsolutePathBuf> | null,
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
   * Id of a permission profile. Not together with `sandbox`.
   */
  permissions?: string | null,
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
   * Stores the fork as attached to its source: ordinary lists leave it out, and the source cannot be deleted as long
   * as it exists. Only for a source with paginated history in the local store; not together with `ephemeral` or
   * `deferGoalContinuation`. Default false: an ordinary fork.
   */
  attachToSource?: boolean,
  /**
   * Why it is forked, in the client's words, for statistics.
   */
  threadSource?: ThreadSource | null,
  /**
   * Leaves `thread.turns` empty, for clients that page through turns and items by `thread/turns/list` and its like;
   * threads with paginated history want that, else they send a `deprecationNotice`. Default false.
   */
  excludeTurns?: boolean,
  /**
   * The goal of the source comes along, but the fork begins no work on it by itself; that comes back after the next
   * turn that was asked for. Default false.
   */
  deferGoalContinuation?: boolean,
};
