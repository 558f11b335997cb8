// Generated from the protocol crate; do not edit.

import type { AccountLoginCompletedNotification } from "./v2/AccountLoginCompletedNotification";
import type { AccountRateLimitsUpdatedNotification } from "./v2/AccountRateLimitsUpdatedNotification";
import type { AccountUpdatedNotification } from "./v2/AccountUpdatedNotification";
import type { AgentMessageDeltaNotification } from "./v2/AgentMessageDeltaNotification";
import type { AppListUpdatedNotification } from "./v2/AppListUpdatedNotification";
import type { AuthRecoveryNotification } from "./v2/AuthRecoveryNotification";
import type { CommandExecOutputDeltaNotification } from "./v2/CommandExecOutputDeltaNotification";
import type { CommandExecutionOutputDeltaNotification } from "./v2/CommandExecutionOutputDeltaNotification";
import type { ConfigWarningNotification } from "./v2/ConfigWarningNotification";
import type { ContextCompactedNotification } from "./v2/ContextCompactedNotification";
import type { DeprecationNoticeNotification } from "./v2/DeprecationNoticeNotification";
import type { EnvironmentConnectionNotification } from "./v2/EnvironmentConnectionNotification";
import type { ErrorNotification } from "./v2/ErrorNotification";
import type { ExternalAgentConfigImportCompletedNotification } from "./v2/ExternalAgentConfigImportCompletedNotification";
import type { ExternalAgentConfigImportProgressNotification } from "./v2/ExternalAgentConfigImportProgressNotification";
import type { FileChangeOutputDeltaNotification } from "./v2/FileChangeOutputDeltaNotification";
import type { FileChangePatchUpdatedNotification } from "./v2/FileChangePatchUpdatedNotification";
import type { FsChangedNotification } from "./v2/FsChangedNotification";
import type { FuzzyFileSearchSessionCompletedNotification } from "./FuzzyFileSearchSessionCompletedNotification";
import type { FuzzyFileSearchSessionUpdatedNotification } from "./FuzzyFileSearchSessionUpdatedNotification";
import type { GatewayOAuthChangedNotification } from "./v2/GatewayOAuthChangedNotification";
import type { GuardianWarningNotification } from "./v2/GuardianWarningNotification";
import type { HookCompletedNotification } from "./v2/HookCompletedNotification";
import type { HookStartedNotification } from "./v2/HookStartedNotification";
import type { ItemCompletedNotification } from "./v2/ItemCompletedNotification";
import type { ItemGuardianApprovalReviewCompletedNotification } from "./v2/ItemGuardianApprovalReviewCompletedNotification";
import type { ItemGuardianApprovalReviewStartedNotification } from "./v2/ItemGuardianApprovalReviewStartedNotification";
import type { ItemStartedNotification } from "./v2/ItemStartedNotification";
import type { McpServerEventStreamNotification } from "./v2/McpServerEventStreamNotification";
import type { McpServerOauthLoginCompletedNotification } from "./v2/McpServerOauthLoginCompletedNotification";
import type { McpServerStatusUpdatedNotification } from "./v2/McpServerStatusUpdatedNotification";
import type { McpToolCallProgressNotification } from "./v2/McpToolCallProgressNotification";
import type { ModelReroutedNotification } from "./v2/ModelReroutedNotification";
import type { ModelSafetyBufferingUpdatedNotification } from "./v2/ModelSafetyBufferingUpdatedNotification";
import type { ModelVerificationNotification } from "./v2/ModelVerificationNotification";
import type { PlanDeltaNotification } from "./v2/PlanDeltaNotification";
import type { ProcessExitedNotification } from "./v2/ProcessExitedNotification";
import type { ProcessOutputDeltaNotification } from "./v2/ProcessOutputDeltaNotification";
import type { ProjectChangedNotification } from "./v2/ProjectChangedNotification";
import type { ReasoningSummaryPartAddedNotification } from "./v2/ReasoningSummaryPartAddedNotification";
import type { ReasoningSummaryTextDeltaNotification } from "./v2/ReasoningSummaryTextDeltaNotification";
import type { ReasoningTextDeltaNotification } from "./v2/ReasoningTextDeltaNotification";
import type { RemoteControlStatusChangedNotification } from "./v2/RemoteControlStatusChangedNotification";
import type { ServerRequestResolvedNotification } from "./v2/ServerRequestResolvedNotification";
import type { SkillsChangedNotification } from "./v2/SkillsChangedNotification";
import type { StrictReviewRequiredNotification } from "./v2/StrictReviewRequiredNotification";
import type { TerminalInteractionNotification } from "./v2/TerminalInteractionNotification";
import type { ThreadArchivedNotification } from "./v2/ThreadArchivedNotification";
import type { ThreadAttachmentUpdatedNotification } from "./v2/ThreadAttachmentUpdatedNotification";
import type { ThreadClosedNotification } from "./v2/ThreadClosedNotification";
import type { ThreadDeletedNotification } from "./v2/ThreadDeletedNotification";
import type { ThreadGoalClearedNotification } from "./v2/ThreadGoalClearedNotification";
import type { ThreadGoalUpdatedNotification } from "./v2/ThreadGoalUpdatedNotification";
import type { ThreadNameUpdatedNotification } from "./v2/ThreadNameUpdatedNotification";
import type { ThreadPredictionUpdatedNotification } from "./v2/ThreadPredictionUpdatedNotification";
import type { ThreadProjectUpdatedNotification } from "./v2/ThreadProjectUpdatedNotification";
import type { ThreadQueueChangedNotification } from "./v2/ThreadQueueChangedNotification";
import type { ThreadReadStateChangedNotification } from "./v2/ThreadReadStateChangedNotification";
import type { ThreadRealtimeClosedNotification } from "./v2/ThreadRealtimeClosedNotification";
import type { ThreadRealtimeErrorNotification } from "./v2/ThreadRealtimeErrorNotification";
import type { ThreadRealtimeItemAddedNotification } from "./v2/ThreadRealtimeItemAddedNotification";
import type { ThreadRealtimeItemCompletedNotification } from "./v2/ThreadRealtimeItemCompletedNotification";
import type { ThreadRealtimeItemStartedNotification } from "./v2/ThreadRealtimeItemStartedNotification";
import type { ThreadRealtimeItemTranscriptDeltaNotification } from "./v2/ThreadRealtimeItemTranscriptDeltaNotification";
import type { ThreadRealtimeOutputAudioDeltaNotification } from "./v2/ThreadRealtimeOutputAudioDeltaNotification";
import type { ThreadRealtimeSdpNotification } from "./v2/ThreadRealtimeSdpNotification";
import type { ThreadRealtimeStartedNotification } from "./v2/ThreadRealtimeStartedNotification";
import type { ThreadRealtimeTranscriptDeltaNotification } from "./v2/ThreadRealtimeTranscriptDeltaNotification";
import type { ThreadRealtimeTranscriptDoneNotification } from "./v2/ThreadRealtimeTranscriptDoneNotification";
import type { ThreadRevertedNotification } from "./v2/ThreadRevertedNotification";
import type { ThreadSectionChangedNotification } from "./v2/ThreadSectionChangedNotification";
import type { ThreadSettingsUpdatedNotification } from "./v2/ThreadSettingsUpdatedNotification";
import type { ThreadStartedNotification } from "./v2/ThreadStartedNotification";
import type { ThreadStatusChangedNotification } from "./v2/ThreadStatusChangedNotification";
import type { ThreadTokenUsageUpdatedNotification } from "./v2/ThreadTokenUsageUpdatedNotification";
import type { ThreadUnarchivedNotification } from "./v2/ThreadUnarchivedNotification";
import type { TurnCompletedNotification } from "./v2/TurnCompletedNotification";
import type { TurnDiffUpdatedNotification } from "./v2/TurnDiffUpdatedNotification";
import type { TurnModerationMetadataNotification } from "./v2/TurnModerationMetadataNotification";
import type { TurnPlanUpdatedNotification } from "./v2/TurnPlanUpdatedNotification";
import type { TurnStartedNotification } from "./v2/TurnStartedNotification";
import type { WarningNotification } from "./v2/WarningNotification";
import type { WindowsSandboxSetupCompletedNotification } from "./v2/WindowsSandboxSetupCompletedNotification";
import type { WindowsWorldWritableWarningNotification } from "./v2/WindowsWorldWritableWarningNotification";

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
   * A thread was archived; sent to all connections.
   */
  | {
    method: "thread/archived",
    params: ThreadArchivedNotification,
  }
  /**
   * A thread was deleted; sent to all connections.
   */
  | {
    method: "thread/deleted",
    params: ThreadDeletedNotification,
  }
  /**
   * A thread was brought back from the archive; sent to all connections.
   */
  | {
    method: "thread/unarchived",
    params: ThreadUnarchivedNotification,
  }
  /**
   * A thread was unloaded.
   */
  | {
    method: "thread/closed",
    params: ThreadClosedNotification,
  }
  /**
   * The history of a thread was cut short; read it again.
   */
  | {
    method: "thread/reverted",
    params: ThreadRevertedNotification,
  }
  /**
   * Skill files on disk have changed and the cache was dropped; ask `skills/list` again where needed. Goes to
   * all connections, at most once in 10 seconds, and never before a thread was started.
   */
  | {
    method: "skills/changed",
    params: SkillsChangedNotification,
  }
  /**
   * A thread was named.
   */
  | {
    method: "thread/name/updated",
    params: ThreadNameUpdatedNotification,
  }
  /**
   * A thread changed its section, or its place in one. Goes to all connections.
   */
  | {
    method: "thread/section/changed",
    params: ThreadSectionChangedNotification,
  }
  /**
   * An attachment of a thread was created or deleted.
   */
  | {
    method: "thread/attachment/updated",
    params: ThreadAttachmentUpdatedNotification,
  }
  /**
   * The goal of a thread was set, or something about it changed.
   */
  | {
    method: "thread/goal/updated",
    params: ThreadGoalUpdatedNotification,
  }
  /**
   * A prediction that was asked for is ready or has failed.
   */
  | {
    method: "thread/prediction/updated",
    params: ThreadPredictionUpdatedNotification,
  }
  /**
   * A thread has no goal.
   */
  | {
    method: "thread/goal/cleared",
    params: ThreadGoalClearedNotification,
  }
  /**
   * The queue of a thread has changed; `thread/queue/list` shows how it is now.
   */
  | {
    method: "thread/queue/changed",
    params: ThreadQueueChangedNotification,
  }
  /**
   * A project was created, updated or deleted; read it again where it is shown.
   */
  | {
    method: "project/changed",
    params: ProjectChangedNotification,
  }
  /**
   * A thread was assigned to a project or taken out of one.
   */
  | {
    method: "thread/project/updated",
    params: ThreadProjectUpdatedNotification,
  }
  /**
   * The connection between a thread and one of its environments is there.
   */
  | {
    method: "thread/environment/connected",
    params: EnvironmentConnectionNotification,
  }
  /**
   * The connection between a thread and one of its environments was lost.
   */
  | {
    method: "thread/environment/disconnected",
    params: EnvironmentConnectionNotification,
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
   * A hook began to run. Sent to the subscribers of the thread; asynchronous hooks are not announced.
   */
  | {
    method: "hook/started",
    params: HookStartedNotification,
  }
  /**
   * A turn ended, one way or another: the last word of every turn.
   */
  | {
    method: "turn/completed",
    params: TurnCompletedNotification,
  }
  /**
   * A hook has ended, with its result. Sent to the subscribers of the thread; asynchronous hooks are not
   * announced.
   */
  | {
    method: "hook/completed",
    params: HookCompletedNotification,
  }
  /**
   * The diff of all file changes of a turn is new: sent after each change of files, and again after every later
   * response of the model.
   */
  | {
    method: "turn/diff/updated",
    params: TurnDiffUpdatedNotification,
  }
  /**
   * The model wrote or changed its plan for the turn; the whole plan is here, and no item stands for it.
   */
  | {
    method: "turn/plan/updated",
    params: TurnPlanUpdatedNotification,
  }
  /**
   * An item of a turn began.
   */
  | {
    method: "item/started",
    params: ItemStartedNotification,
  }
  /**
   * An automatic review has begun. Unstable.
   */
  | {
    method: "item/autoApprovalReview/started",
    params: ItemGuardianApprovalReviewStartedNotification,
  }
  /**
   * An automatic review has ended, with a verdict or without. Unstable.
   */
  | {
    method: "item/autoApprovalReview/completed",
    params: ItemGuardianApprovalReviewCompletedNotification,
  }
  /**
   * A turn has come to need strict review.
   */
  | {
    method: "autoApprovalReview/strictReviewRequired",
    params: StrictReviewRequiredNotification,
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
   * More text of a plan that is being proposed. Experimental; the completed item may differ from the deltas put
   * together.
   */
  | {
    method: "item/plan/delta",
    params: PlanDeltaNotification,
  }
  /**
   * A command started with `streamStdoutStderr` or `tty` has printed something; sent to the connection that
   * started it only, and before the answer to `command/exec`.
   */
  | {
    method: "command/exec/outputDelta",
    params: CommandExecOutputDeltaNotification,
  }
  /**
   * A process with streamed output has written something; for the connection that spawned it.
   */
  | {
    method: "process/outputDelta",
    params: ProcessOutputDeltaNotification,
  }
  /**
   * A process has ended; for the connection that spawned it, after which the handle is free again.
   */
  | {
    method: "process/exited",
    params: ProcessExitedNotification,
  }
  /**
   * A running command printed something. Early output may be missing here; the `aggregatedOutput` of the
   * completed item has it.
   */
  | {
    method: "item/commandExecution/outputDelta",
    params: CommandExecutionOutputDeltaNotification,
  }
  /**
   * The model wrote to the input of a running command. No item of its own stands for that.
   */
  | {
    method: "item/commandExecution/terminalInteraction",
    params: TerminalInteractionNotification,
  }
  /**
   * Deprecated and no longer sent: text printed by a patch.
   */
  | {
    method: "item/fileChange/outputDelta",
    params: FileChangeOutputDeltaNotification,
  }
  /**
   * The changes of a patch are known anew.
   */
  | {
    method: "item/fileChange/patchUpdated",
    params: FileChangePatchUpdatedNotification,
  }
  /**
   * A request of the server is no longer open, whoever answered it.
   */
  | {
    method: "serverRequest/resolved",
    params: ServerRequestResolvedNotification,
  }
  /**
   * A running MCP tool call reported how far it is.
   */
  | {
    method: "item/mcpToolCall/progress",
    params: McpToolCallProgressNotification,
  }
  /**
   * Tells that a login started by `mcpServer/oauth/login` ended, with success or with an error, which may be
   * that nobody came back in time.
   */
  | {
    method: "mcpServer/oauthLogin/completed",
    params: McpServerOauthLoginCompletedNotification,
  }
  /**
   * Tells how far the start of one MCP server of a thread is; a failure ends the start of the thread only when
   * the server is configured as required.
   */
  | {
    method: "mcpServer/startupStatus/updated",
    params: McpServerStatusUpdatedNotification,
  }
  /**
   * An MCP server sent something on a stream that a client started.
   */
  | {
    method: "mcpServer/event/stream/notification",
    params: McpServerEventStreamNotification,
  }
  /**
   * The login or its plan changed; to all connections. Sent after every successful login and after every logout.
   */
  | {
    method: "account/updated",
    params: AccountUpdatedNotification,
  }
  /**
   * A gateway login moved on. Only the connection that asked for the login gets `authUrl`.
   */
  | {
    method: "account/gatewayOAuth/changed",
    params: GatewayOAuthChangedNotification,
  }
  /**
   * What the provider told of its rate limits with the last response.
   */
  | {
    method: "account/rateLimits/updated",
    params: AccountRateLimitsUpdatedNotification,
  }
  /**
   * The list of apps changed. While `app/list` collects, it comes after each source.
   */
  | {
    method: "app/list/updated",
    params: AppListUpdatedNotification,
  }
  /**
   * Whether this server can be driven from elsewhere.
   */
  | {
    method: "remoteControl/status/changed",
    params: RemoteControlStatusChangedNotification,
  }
  /**
   * Part of an import is done; sent for each item as it is finished.
   */
  | {
    method: "externalAgentConfig/import/progress",
    params: ExternalAgentConfigImportProgressNotification,
  }
  /**
   * An import has ended; carries the results of all its items.
   */
  | {
    method: "externalAgentConfig/import/completed",
    params: ExternalAgentConfigImportCompletedNotification,
  }
  /**
   * Something changed under a watch. It comes 200 milliseconds after the first change and then at most once
   * every 200 milliseconds, to the connection that watches only.
   */
  | {
    method: "fs/changed",
    params: FsChangedNotification,
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
   * Deprecated: the history of a thread was summed up; go by items of type `contextCompaction`.
   */
  | {
    method: "thread/compacted",
    params: ContextCompactedNotification,
  }
  /**
   * Another model than the asked one answers.
   */
  | {
    method: "model/rerouted",
    params: ModelReroutedNotification,
  }
  /**
   * Verifications were named for the model of a turn.
   */
  | {
    method: "model/verification",
    params: ModelVerificationNotification,
  }
  /**
   * Tells that, in a turn, the server has begun to repair its authentication at the model provider.
   */
  | {
    method: "modelProvider/authRecoveryStarted",
    params: AuthRecoveryNotification,
  }
  /**
   * Tells that such a repair, announced by `modelProvider/authRecoveryStarted`, is over.
   */
  | {
    method: "modelProvider/authRecoveryCompleted",
    params: AuthRecoveryNotification,
  }
  /**
   * Metadata about the moderation of a turn arrived.
   */
  | {
    method: "turn/moderationMetadata",
    params: TurnModerationMetadataNotification,
  }
  /**
   * The state of safety buffering of a turn changed: for which model, why, and whether to show it.
   */
  | {
    method: "model/safetyBuffering/updated",
    params: ModelSafetyBufferingUpdatedNotification,
  }
  /**
   * Something a person should know; nothing has failed.
   */
  | {
    method: "warning",
    params: WarningNotification,
  }
  /**
   * The automatic reviewer has a warning for the user of a thread.
   */
  | {
    method: "guardianWarning",
    params: GuardianWarningNotification,
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
  }
  /**
   * A session has results for its query. The first ones may be empty although more come; an empty query gets
   * exactly one, without files.
   */
  | {
    method: "fuzzyFileSearch/sessionUpdated",
    params: FuzzyFileSearchSessionUpdatedNotification,
  }
  /**
   * The search for the query of a session is done. It comes once per query.
   */
  | {
    method: "fuzzyFileSearch/sessionCompleted",
    params: FuzzyFileSearchSessionCompletedNotification,
  }
  /**
   * A realtime session runs.
   */
  | {
    method: "thread/realtime/started",
    params: ThreadRealtimeStartedNotification,
  }
  /**
   * The realtime service sent something that has no notification of its own; it is passed on as it is.
   */
  | {
    method: "thread/realtime/itemAdded",
    params: ThreadRealtimeItemAddedNotification,
  }
  /**
   * An item of the realtime timeline has begun; its text follows in pieces.
   */
  | {
    method: "thread/realtime/item/started",
    params: ThreadRealtimeItemStartedNotification,
  }
  /**
   * A running transcript item has grown by a piece of text.
   */
  | {
    method: "thread/realtime/item/transcript/delta",
    params: ThreadRealtimeItemTranscriptDeltaNotification,
  }
  /**
   * An item of the realtime timeline is complete and stored.
   */
  | {
    method: "thread/realtime/item/completed",
    params: ThreadRealtimeItemCompletedNotification,
  }
  /**
   * The transcript has grown by a piece of text, told without items.
   */
  | {
    method: "thread/realtime/transcript/delta",
    params: ThreadRealtimeTranscriptDeltaNotification,
  }
  /**
   * A part of the transcript is complete, told without items.
   */
  | {
    method: "thread/realtime/transcript/done",
    params: ThreadRealtimeTranscriptDoneNotification,
  }
  /**
   * The realtime model said something: the next piece of audio to play.
   */
  | {
    method: "thread/realtime/outputAudio/delta",
    params: ThreadRealtimeOutputAudioDeltaNotification,
  }
  /**
   * The remote SDP of a WebRTC session has come; the client needs it to finish the connection.
   */
  | {
    method: "thread/realtime/sdp",
    params: ThreadRealtimeSdpNotification,
  }
  /**
   * Something went wrong in a realtime session, or when starting one.
   */
  | {
    method: "thread/realtime/error",
    params: ThreadRealtimeErrorNotification,
  }
  /**
   * A realtime session has ended.
   */
  | {
    method: "thread/realtime/closed",
    params: ThreadRealtimeClosedNotification,
  }
  /**
   * Folders that everyone may write to were found on Windows.
   */
  | {
    method: "windows/worldWritableWarning",
    params: WindowsWorldWritableWarningNotification,
  }
  /**
   * A setup that `windowsSandbox/setupStart` began has ended, well or not.
   */
  | {
    method: "windowsSandbox/setupCompleted",
    params: WindowsSandboxSetupCompletedNotification,
  }
  /**
   * A login ended, well or not; to all connections. After a good one `account/updated` follows.
   */
  | {
    method: "account/login/completed",
    params: AccountLoginCompletedNotification,
  };
