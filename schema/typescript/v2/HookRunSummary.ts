// Generated from the protocol crate; do not edit.

import type { HookEventName } from "./HookEventName";
import type { HookExecutionMode } from "./HookExecutionMode";
import type { HookHandlerType } from "./HookHandlerType";
import type { HookOutputEntry } from "./HookOutputEntry";
import type { HookRunStatus } from "./HookRunStatus";
import type { HookScope } from "./HookScope";
import type { HookSource } from "./HookSource";
import type { LegacyAppPathString } from "../LegacyAppPathString";

/**
 * One run of a hook.
 */
export type HookRunSummary = {
  /**
   * Id of the run: event, `displayOrder` and path of the source, joined by colons, and for tools also the call.
   */
  id: string,
  /**
   * Why it ran.
   */
  eventName: HookEventName,
  /**
   * How it does its work.
   */
  handlerType: HookHandlerType,
  /**
   * Whether the session waits for it.
   */
  executionMode: HookExecutionMode,
  /**
   * Whether it belongs to the thread or to a turn.
   */
  scope: HookScope,
  /**
   * The file that configures it.
   */
  sourcePath: LegacyAppPathString,
  /**
   * What kind of place the configuration is from. Default `unknown`.
   */
  source: HookSource,
  /**
   * Position among the hooks, to sort by.
   */
  displayOrder: number,
  /**
   * How the run stands.
   */
  status: HookRunStatus,
  /**
   * What to show while it runs; null when not configured.
   */
  statusMessage: string | null,
  /**
   * When it started, as Unix time.
   */
  startedAt: number,
  /**
   * When it ended, as Unix time in the unit of `startedAt`; null while it runs.
   */
  completedAt: number | null,
  /**
   * From start to end, in milliseconds; null while it runs.
   */
  durationMs: number | null,
  /**
   * What it had to say, in order; empty when nothing.
   */
  entries: Array<HookOutputEntry>,
};
