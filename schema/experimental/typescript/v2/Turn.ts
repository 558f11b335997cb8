// Generated from the protocol crate; do not edit.

import type { ThreadItem } from "./ThreadItem";
import type { TurnError } from "./TurnError";
import type { TurnItemsView } from "./TurnItemsView";
import type { TurnStatus } from "./TurnStatus";

/**
 * One turn.
 */
export type Turn = {
  /**
   * Id of the turn, a UUID of version 7 where a server made it.
   */
  id: string,
  /**
   * The turn that this one's work began with, its own id when it is the first. Hand it on when starting work on its
   * behalf. Null in older history and in the answer to `review/start`.
   */
  rootTurnId: string | null,
  /**
   * Its items as far as `itemsView` says, in order.
   */
  items: Array<ThreadItem>,
  /**
   * How much of the items is here. Default `full`.
   */
  itemsView: TurnItemsView,
  /**
   * How it stands.
   */
  status: TurnStatus,
  /**
   * Why it failed; null otherwise.
   */
  error: TurnError | null,
  /**
   * When it started, in Unix seconds; null when unknown or not yet.
   */
  startedAt: number | null,
  /**
   * When it ended, in Unix seconds; null while it runs.
   */
  completedAt: number | null,
  /**
   * From start to end, in milliseconds; null while it runs or when unknown.
   */
  durationMs: number | null,
};
