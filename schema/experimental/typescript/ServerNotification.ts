// Generated from the protocol crate; do not edit.

import type { AccountRateLimitsUpdatedNotification } from "./v2/AccountRateLimitsUpdatedNotification";
import type { AgentMessageDeltaNotification } from "./v2/AgentMessageDeltaNotification";
import type { ConfigWarningNotification } from "./v2/ConfigWarningNotification";
import type { DeprecationNoticeNotification } from "./v2/DeprecationNoticeNotification";
import type { ErrorNotification } from "./v2/ErrorNotification";
import type { ItemCompletedNotification } from "./v2/ItemCompletedNotification";
import type { ItemStartedNotification } from "./v2/ItemStartedNotification";
import type { ModelReroutedNotification } from "./v2/ModelReroutedNotification";
import type { ReasoningSummaryPartAddedNotification } from "./v2/ReasoningSummaryPartAddedNotification";
import type { ReasoningSummaryTextDeltaNotification } from "./v2/ReasoningSummaryTextDeltaNotification";
import type { ReasoningTextDeltaNotification } from "./v2/ReasoningTextDeltaNotification";
import type { RemoteControlStatusChangedNotification } from "./v2/RemoteControlStatusChangedNotification";
import type { ServerRequestResolvedNotification } from "./v2/ServerRequestResolvedNotification";
import type { ThreadClosedNotification } from "./v2/ThreadClosedNotification";
import type { ThreadGoalClearedNotification } from "./v2/ThreadGoalClearedNotification";
import type { ThreadNameUpdatedNotification } from "./v2/ThreadNameUpdatedNotification";
import type { ThreadReadStateChangedNotification } from "./v2/ThreadReadStateChangedNotification";
import type { ThreadSettingsUpdatedNotification } from "./v2/ThreadSettingsUpdatedNotification";
import type { ThreadStartedNotification } from "./v2/ThreadStartedNotification";
import type { ThreadStatusChangedNotification } from "./v2/ThreadStatusChangedNotification";
import type { ThreadTokenUsageUpdatedNotification } from "./v2/ThreadTokenUsageUpdatedNotification";
import type { TurnCompletedNotification } from "./v2/TurnCompletedNotification";
import type { TurnStartedNotification } from "./v2/TurnStartedNotification";
import type { WarningNotification } from "./v2/WarningNotification";

/**
 * A notification of the server.
 */
export type ServerNotification =
  /**
   * A turn met an error; `willRetry` tells whether it goes on.
   */
  {
    method: "error",
    params: ErrorNotification,
  }
  /**
   * A thread came into being or was loaded.
   */
  | {
    method: "thread/started",
    params: ThreadStartedNotification,
  }
  /**
   * A thread became idle, active, broken or was unloaded.
   */
  | {
    method: "thread/status/changed",
    params: ThreadStatusChangedNotification,
  }
  /**
   * What of a thread is unread has changed.
   */
  | {
    method: "thread/readState/changed",
    params: ThreadReadStateChangedNotification,
  }
  /**
   * A thread was unloaded.
   */
  | {
    method: "thread/closed",
    params: ThreadClosedNotification,
  }
  /**
   * A thread was named.
   */
  | {
    method: "thread/name/updated",
    params: ThreadNameUpdatedNotification,
  }
  /**
   * A thread has no goal.
   */
  | {
    method: "thread/goal/cleared",
    params: ThreadGoalClearedNotification,
  }
  /**
   * Settings that later turns of a thread use have changed.
   */
  | {
    method: "thread/settings/updated",
    params: ThreadSettingsUpdatedNotification,
  }
  /**
   * What a thread has used so far, after every response of the model.
   */
  | {
    method: "thread/tokenUsage/updated",
    params: ThreadTokenUsageUpdatedNotification,
  }
  /**
   * A turn began.
   */
  | {
    method: "turn/started",
    params: TurnStartedNotification,
  }
  /**
   * A turn ended, one way or another: the last word of every turn.
   */
  | {
    method: "turn/completed",
    params: TurnCompletedNotification,
  }
  /**
   * An item of a turn began.
   */
  | {
    method: "item/started",
    params: ItemStartedNotification,
  }
  /**
   * An item of a turn is whole; its content here is what counts.
   */
  | {
    method: "item/completed",
    params: ItemCompletedNotification,
  }
  /**
   * More text of a message of the agent.
   */
  | {
    method: "item/agentMessage/delta",
    params: AgentMessageDeltaNotification,
  }
  /**
   * A request of the server is no longer open, whoever answered it.
   */
  | {
    method: "serverRequest/resolved",
    params: ServerRequestResolvedNotification,
  }
  /**
   * What the provider told of its rate limits with the last response.
   */
  | {
    method: "account/rateLimits/updated",
    params: AccountRateLimitsUpdatedNotification,
  }
  /**
   * Whether this server can be driven from elsewhere.
   */
  | {
    method: "remoteControl/status/changed",
    params: RemoteControlStatusChangedNotification,
  }
  /**
   * More text of a part of a reasoning summary.
   */
  | {
    method: "item/reasoning/summaryTextDelta",
    params: ReasoningSummaryTextDeltaNotification,
  }
  /**
   * A part of a reasoning summary began.
   */
  | {
    method: "item/reasoning/summaryPartAdded",
    params: ReasoningSummaryPartAddedNotification,
  }
  /**
   * More raw reasoning text.
   */
  | {
    method: "item/reasoning/textDelta",
    params: ReasoningTextDeltaNotification,
  }
  /**
   * Another model than the asked one answers.
   */
  | {
    method: "model/rerouted",
    params: ModelReroutedNotification,
  }
  /**
   * Something a person should know; nothing has failed.
   */
  | {
    method: "warning",
    params: WarningNotification,
  }
  /**
   * The client uses something that will go away.
   */
  | {
    method: "deprecationNotice",
    params: DeprecationNoticeNotification,
  }
  /**
   * Something is wrong with the configuration; the server goes on.
   */
  | {
    method: "configWarning",
    params: ConfigWarningNotification,
  };
