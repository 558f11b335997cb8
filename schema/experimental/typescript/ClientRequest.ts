// Generated from the protocol crate; do not edit.

import type { AccountSessionsListParams } from "./v2/AccountSessionsListParams";
import type { AccountSessionsSwitchParams } from "./v2/AccountSessionsSwitchParams";
import type { AppsInstalledParams } from "./v2/AppsInstalledParams";
import type { AppsListParams } from "./v2/AppsListParams";
import type { AppsReadParams } from "./v2/AppsReadParams";
import type { BedrockCheckGovCloudRequirementsParams } from "./v2/BedrockCheckGovCloudRequirementsParams";
import type { BedrockDiscoverParams } from "./v2/BedrockDiscoverParams";
import type { BedrockSetupParams } from "./v2/BedrockSetupParams";
import type { CancelLoginAccountParams } from "./v2/CancelLoginAccountParams";
import type { CollaborationModeListParams } from "./v2/CollaborationModeListParams";
import type { CommandExecParams } from "./v2/CommandExecParams";
import type { CommandExecResizeParams } from "./v2/CommandExecResizeParams";
import type { CommandExecTerminateParams } from "./v2/CommandExecTerminateParams";
import type { CommandExecWriteParams } from "./v2/CommandExecWriteParams";
import type { ConfigBatchWriteParams } from "./v2/ConfigBatchWriteParams";
import type { ConfigReadParams } from "./v2/ConfigReadParams";
import type { ConfigValueWriteParams } from "./v2/ConfigValueWriteParams";
import type { ConsumeAccountRateLimitResetCreditParams } from "./v2/ConsumeAccountRateLimitResetCreditParams";
import type { EnvironmentAddParams } from "./v2/EnvironmentAddParams";
import type { EnvironmentInfoParams } from "./v2/EnvironmentInfoParams";
import type { EnvironmentStatusParams } from "./v2/EnvironmentStatusParams";
import type { ExperimentalFeatureEnablementSetParams } from "./v2/ExperimentalFeatureEnablementSetParams";
import type { ExperimentalFeatureListParams } from "./v2/ExperimentalFeatureListParams";
import type { ExternalAgentConfigDetectParams } from "./v2/ExternalAgentConfigDetectParams";
import type { ExternalAgentConfigImportHistoryRecordParams } from "./v2/ExternalAgentConfigImportHistoryRecordParams";
import type { ExternalAgentConfigImportParams } from "./v2/ExternalAgentConfigImportParams";
import type { FeedbackSaveParams } from "./v2/FeedbackSaveParams";
import type { FeedbackUploadParams } from "./v2/FeedbackUploadParams";
import type { FsCopyParams } from "./v2/FsCopyParams";
import type { FsCreateDirectoryParams } from "./v2/FsCreateDirectoryParams";
import type { FsGetMetadataParams } from "./v2/FsGetMetadataParams";
import type { FsReadDirectoryParams } from "./v2/FsReadDirectoryParams";
import type { FsReadFileParams } from "./v2/FsReadFileParams";
import type { FsRemoveParams } from "./v2/FsRemoveParams";
import type { FsUnwatchParams } from "./v2/FsUnwatchParams";
import type { FsWatchParams } from "./v2/FsWatchParams";
import type { FsWriteFileParams } from "./v2/FsWriteFileParams";
import type { FuzzyFileSearchParams } from "./FuzzyFileSearchParams";
import type { FuzzyFileSearchSessionStartParams } from "./FuzzyFileSearchSessionStartParams";
import type { FuzzyFileSearchSessionStopParams } from "./FuzzyFileSearchSessionStopParams";
import type { FuzzyFileSearchSessionUpdateParams } from "./FuzzyFileSearchSessionUpdateParams";
import type { GatewayOAuthLoginParams } from "./v2/GatewayOAuthLoginParams";
import type { GatewayOAuthReadParams } from "./v2/GatewayOAuthReadParams";
import type { GcpSetupParams } from "./v2/GcpSetupParams";
import type { GetAccountParams } from "./v2/GetAccountParams";
import type { GetAccountRateLimitsParams } from "./v2/GetAccountRateLimitsParams";
import type { GetAccountTokenUsageParams } from "./v2/GetAccountTokenUsageParams";
import type { HooksListParams } from "./v2/HooksListParams";
import type { InitializeParams } from "./InitializeParams";
import type { ListMcpServerStatusParams } from "./v2/ListMcpServerStatusParams";
import type { LoginAccountParams } from "./v2/LoginAccountParams";
import type { MarketplaceAddParams } from "./v2/MarketplaceAddParams";
import type { MarketplaceRemoveParams } from "./v2/MarketplaceRemoveParams";
import type { MarketplaceUpgradeParams } from "./v2/MarketplaceUpgradeParams";
import type { McpResourceReadParams } from "./v2/McpResourceReadParams";
import type { McpServerEventStreamStartParams } from "./v2/McpServerEventStreamStartParams";
import type { McpServerEventStreamStopParams } from "./v2/McpServerEventStreamStopParams";
import type { McpServerOauthLoginParams } from "./v2/McpServerOauthLoginParams";
import type { McpServerToolCallParams } from "./v2/McpServerToolCallParams";
import type { MemoryStatusParams } from "./v2/MemoryStatusParams";
import type { MockExperimentalMethodParams } from "./v2/MockExperimentalMethodParams";
import type { ModelListParams } from "./v2/ModelListParams";
import type { ModelProviderCapabilitiesReadParams } from "./v2/ModelProviderCapabilitiesReadParams";
import type { ModelProviderConfigWriteParams } from "./v2/ModelProviderConfigWriteParams";
import type { ModelProviderListParams } from "./v2/ModelProviderListParams";
import type { PermissionProfileListParams } from "./v2/PermissionProfileListParams";
import type { PluginInstallParams } from "./v2/PluginInstallParams";
import type { PluginInstalledParams } from "./v2/PluginInstalledParams";
import type { PluginListParams } from "./v2/PluginListParams";
import type { PluginReadParams } from "./v2/PluginReadParams";
import type { PluginReconcileParams } from "./v2/PluginReconcileParams";
import type { PluginSearchParams } from "./v2/PluginSearchParams";
import type { PluginShareCheckoutParams } from "./v2/PluginShareCheckoutParams";
import type { PluginShareDeleteParams } from "./v2/PluginShareDeleteParams";
import type { PluginShareListParams } from "./v2/PluginShareListParams";
import type { PluginShareSaveParams } from "./v2/PluginShareSaveParams";
import type { PluginShareUpdateTargetsParams } from "./v2/PluginShareUpdateTargetsParams";
import type { PluginSkillReadParams } from "./v2/PluginSkillReadParams";
import type { PluginUninstallParams } from "./v2/PluginUninstallParams";
import type { ProcessKillParams } from "./v2/ProcessKillParams";
import type { ProcessResizePtyParams } from "./v2/ProcessResizePtyParams";
import type { ProcessSpawnParams } from "./v2/ProcessSpawnParams";
import type { ProcessWriteStdinParams } from "./v2/ProcessWriteStdinParams";
import type { ProjectCreateParams } from "./v2/ProjectCreateParams";
import type { ProjectDeleteParams } from "./v2/ProjectDeleteParams";
import type { ProjectImportParams } from "./v2/ProjectImportParams";
import type { ProjectListParams } from "./v2/ProjectListParams";
import type { ProjectMoveParams } from "./v2/ProjectMoveParams";
import type { ProjectReadParams } from "./v2/ProjectReadParams";
import type { ProjectUpdateParams } from "./v2/ProjectUpdateParams";
import type { RemoteControlClientsListParams } from "./v2/RemoteControlClientsListParams";
import type { RemoteControlClientsRevokeParams } from "./v2/RemoteControlClientsRevokeParams";
import type { RemoteControlDisableParams } from "./v2/RemoteControlDisableParams";
import type { RemoteControlEnableParams } from "./v2/RemoteControlEnableParams";
import type { RemoteControlPairingStartParams } from "./v2/RemoteControlPairingStartParams";
import type { RemoteControlPairingStatusParams } from "./v2/RemoteControlPairingStatusParams";
import type { RequestId } from "./RequestId";
import type { ReviewStartParams } from "./v2/ReviewStartParams";
import type { SendAddCreditsNudgeEmailParams } from "./v2/SendAddCreditsNudgeEmailParams";
import type { ServerDiagnosticsParams } from "./v2/ServerDiagnosticsParams";
import type { SkillsConfigWriteParams } from "./v2/SkillsConfigWriteParams";
import type { SkillsExtraRootsSetParams } from "./v2/SkillsExtraRootsSetParams";
import type { SkillsListParams } from "./v2/SkillsListParams";
import type { ThreadApproveGuardianDeniedActionParams } from "./v2/ThreadApproveGuardianDeniedActionParams";
import type { ThreadArchiveParams } from "./v2/ThreadArchiveParams";
import type { ThreadAttachmentAddParams } from "./v2/ThreadAttachmentAddParams";
import type { ThreadAttachmentListParams } from "./v2/ThreadAttachmentListParams";
import type { ThreadAttachmentOwnerListParams } from "./v2/ThreadAttachmentOwnerListParams";
import type { ThreadAttachmentRemoveParams } from "./v2/ThreadAttachmentRemoveParams";
import type { ThreadBackgroundTerminalsCleanParams } from "./v2/ThreadBackgroundTerminalsCleanParams";
import type { ThreadBackgroundTerminalsListParams } from "./v2/ThreadBackgroundTerminalsListParams";
import type { ThreadBackgroundTerminalsTerminateParams } from "./v2/ThreadBackgroundTerminalsTerminateParams";
import type { ThreadCompactStartParams } from "./v2/ThreadCompactStartParams";
import type { ThreadDecrementElicitationParams } from "./v2/ThreadDecrementElicitationParams";
import type { ThreadDeleteParams } from "./v2/ThreadDeleteParams";
import type { ThreadForkParams } from "./v2/ThreadForkParams";
import type { ThreadGoalClearParams } from "./v2/ThreadGoalClearParams";
import type { ThreadGoalGetParams } from "./v2/ThreadGoalGetParams";
import type { ThreadGoalSetParams } from "./v2/ThreadGoalSetParams";
import type { ThreadGuardianReviewParams } from "./v2/ThreadGuardianReviewParams";
import type { ThreadIncrementElicitationParams } from "./v2/ThreadIncrementElicitationParams";
import type { ThreadInjectItemsParams } from "./v2/ThreadInjectItemsParams";
import type { ThreadItemsListParams } from "./v2/ThreadItemsListParams";
import type { ThreadItemsReadParams } from "./v2/ThreadItemsReadParams";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadMemoryModeSetParams } from "./v2/ThreadMemoryModeSetParams";
import type { ThreadMemoryReadParams } from "./v2/ThreadMemoryReadParams";
import type { ThreadMetadataUpdateParams } from "./v2/ThreadMetadataUpdateParams";
import type { ThreadPredictionRequestParams } from "./v2/ThreadPredictionRequestParams";
import type { ThreadPrepareApprovedPlanParams } from "./v2/ThreadPrepareApprovedPlanParams";
import type { ThreadQueueAddParams } from "./v2/ThreadQueueAddParams";
import type { ThreadQueueDeleteParams } from "./v2/ThreadQueueDeleteParams";
import type { ThreadQueueListParams } from "./v2/ThreadQueueListParams";
import type { ThreadQueueReorderParams } from "./v2/ThreadQueueReorderParams";
import type { ThreadQueueStartParams } from "./v2/ThreadQueueStartParams";
import type { ThreadQueueUpdateParams } from "./v2/ThreadQueueUpdateParams";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadReadStateUpdateParams } from "./v2/ThreadReadStateUpdateParams";
import type { ThreadRealtimeAppendAudioParams } from "./v2/ThreadRealtimeAppendAudioParams";
import type { ThreadRealtimeAppendSpeechParams } from "./v2/ThreadRealtimeAppendSpeechParams";
import type { ThreadRealtimeAppendTextParams } from "./v2/ThreadRealtimeAppendTextParams";
import type { ThreadRealtimeListVoicesParams } from "./v2/ThreadRealtimeListVoicesParams";
import type { ThreadRealtimeStartParams } from "./v2/ThreadRealtimeStartParams";
import type { ThreadRealtimeStopParams } from "./v2/ThreadRealtimeStopParams";
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadRevertParams } from "./v2/ThreadRevertParams";
import type { ThreadSampleCancelParams } from "./v2/ThreadSampleCancelParams";
import type { ThreadSampleParams } from "./v2/ThreadSampleParams";
import type { ThreadSearchOccurrencesParams } from "./v2/ThreadSearchOccurrencesParams";
import type { ThreadSearchParams } from "./v2/ThreadSearchParams";
import type { ThreadSectionCreateParams } from "./v2/ThreadSectionCreateParams";
import type { ThreadSectionDeleteParams } from "./v2/ThreadSectionDeleteParams";
import type { ThreadSectionListParams } from "./v2/ThreadSectionListParams";
import type { ThreadSectionMoveParams } from "./v2/ThreadSectionMoveParams";
import type { ThreadSectionUpdateParams } from "./v2/ThreadSectionUpdateParams";
import type { ThreadSetNameParams } from "./v2/ThreadSetNameParams";
import type { ThreadSettingsUpdateParams } from "./v2/ThreadSettingsUpdateParams";
import type { ThreadShellCommandParams } from "./v2/ThreadShellCommandParams";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadTimelineListParams } from "./v2/ThreadTimelineListParams";
import type { ThreadTurnsListParams } from "./v2/ThreadTurnsListParams";
import type { ThreadUnarchiveParams } from "./v2/ThreadUnarchiveParams";
import type { ThreadUnsubscribeParams } from "./v2/ThreadUnsubscribeParams";
import type { TurnInterruptParams } from "./v2/TurnInterruptParams";
import type { TurnSettingsUpdateParams } from "./v2/TurnSettingsUpdateParams";
import type { TurnStartParams } from "./v2/TurnStartParams";
import type { TurnSteerParams } from "./v2/TurnSteerParams";
import type { UserVerificationCancelParams } from "./v2/UserVerificationCancelParams";
import type { UserVerificationDeleteParams } from "./v2/UserVerificationDeleteParams";
import type { UserVerificationEnrollParams } from "./v2/UserVerificationEnrollParams";
import type { UserVerificationStatusParams } from "./v2/UserVerificationStatusParams";
import type { UserVerificationVerifyParams } from "./v2/UserVerificationVerifyParams";
import type { WindowsSandboxSetupStartParams } from "./v2/WindowsSandboxSetupStartParams";

/**
 * A request of a client.
 */
export type ClientRequest =
  /**
   * Opens the connection: who the client is and what it wants. Nothing else is answered before it.
   */
  {
    method: "initialize",
    id: RequestId,
    params: InitializeParams,
  }
  /**
   * Reads the memory use of the server process and a few counters of its load. Experimental.
   */
  | {
    method: "server/diagnostics",
    id: RequestId,
    params: ServerDiagnosticsParams,
  }
  /**
   * Tells whether a local credential is ready. Shows nothing to the user and asks no backend.
   */
  | {
    method: "userVerification/status",
    id: RequestId,
    params: UserVerificationStatusParams,
  }
  /**
   * Creates the local credential, or takes the one that exists, and answers its public part. Registering that
   * with a backend is up to the caller. Without a keystore it fails with -32603.
   */
  | {
    method: "userVerification/enroll",
    id: RequestId,
    params: UserVerificationEnrollParams,
  }
  /**
   * Deletes the local credential. Without a keystore it fails with -32603.
   */
  | {
    method: "userVerification/delete",
    id: RequestId,
    params: UserVerificationDeleteParams,
  }
  /**
   * Has the user confirm and signs a challenge with the local credential; needs no open elicitation. Without a
   * keystore it fails with -32603.
   */
  | {
    method: "userVerification/verify",
    id: RequestId,
    params: UserVerificationVerifyParams,
  }
  /**
   * Cancels an earlier request of this group on the same connection. What is finished stays done, and an id that
   * names nothing open changes nothing.
   */
  | {
    method: "userVerification/cancel",
    id: RequestId,
    params: UserVerificationCancelParams,
  }
  /**
   * Starts a thread and subscribes the caller to it.
   */
  | {
    method: "thread/start",
    id: RequestId,
    params: ThreadStartParams,
  }
  /**
   * Subscribes the caller to a thread and answers with its history, loading it from disk where needed.
   */
  | {
    method: "thread/resume",
    id: RequestId,
    params: ThreadResumeParams,
  }
  /**
   * Makes a new thread out of the history of another one and subscribes the caller to it; `thread/started`
   * follows. The source need not be loaded.
   */
  | {
    method: "thread/fork",
    id: RequestId,
    params: ThreadForkParams,
  }
  /**
   * Sends a prompt to the model with the context of a loaded thread, and answers with what came back.
   * `thread/sample/cancel` stops it.
   */
  | {
    method: "thread/sample",
    id: RequestId,
    params: ThreadSampleParams,
  }
  /**
   * Cancels a running `thread/sample`.
   */
  | {
    method: "thread/sample/cancel",
    id: RequestId,
    params: ThreadSampleCancelParams,
  }
  /**
   * Archives a thread: lists leave it out and it cannot be resumed until it is unarchived. A running turn is
   * interrupted first, and a loaded thread is unloaded; refused while another process writes to the thread.
   */
  | {
    method: "thread/archive",
    id: RequestId,
    params: ThreadArchiveParams,
  }
  /**
   * Deletes a thread for good; a loaded one is unloaded. Refused while the history of a fork still refers to it,
   * or while threads are attached to it.
   */
  | {
    method: "thread/delete",
    id: RequestId,
    params: ThreadDeleteParams,
  }
  /**
   * Ends the subscription of the caller to a thread; the thread stays loaded for a while.
   */
  | {
    method: "thread/unsubscribe",
    id: RequestId,
    params: ThreadUnsubscribeParams,
  }
  /**
   * Counts one more question to the user that is open outside this protocol, which pauses the timeouts of the
   * thread.
   */
  | {
    method: "thread/increment_elicitation",
    id: RequestId,
    params: ThreadIncrementElicitationParams,
  }
  /**
   * Counts one open question less; at zero the timeouts of the thread run again. Refused when the counter is
   * zero already.
   */
  | {
    method: "thread/decrement_elicitation",
    id: RequestId,
    params: ThreadDecrementElicitationParams,
  }
  /**
   * Names a thread.
   */
  | {
    method: "thread/name/set",
    id: RequestId,
    params: ThreadSetNameParams,
  }
  /**
   * Asks for a prediction that builds on a turn; the result comes as `thread/prediction/updated`.
   */
  | {
    method: "thread/prediction/request",
    id: RequestId,
    params: ThreadPredictionRequestParams,
  }
  /**
   * Sets the goal of a thread, or changes the objective, status or budget of the one it has;
   * `thread/goal/updated` tells of it.
   */
  | {
    method: "thread/goal/set",
    id: RequestId,
    params: ThreadGoalSetParams,
  }
  /**
   * Reads the goal of a thread.
   */
  | {
    method: "thread/goal/get",
    id: RequestId,
    params: ThreadGoalGetParams,
  }
  /**
   * Takes the goal away from a thread; `thread/goal/cleared` tells of it.
   */
  | {
    method: "thread/goal/clear",
    id: RequestId,
    params: ThreadGoalClearParams,
  }
  /**
   * Puts an input at the end of the queue of a thread.
   */
  | {
    method: "thread/queue/add",
    id: RequestId,
    params: ThreadQueueAddParams,
  }
  /**
   * Lists the inputs that wait, in the order of the queue, page by page.
   */
  | {
    method: "thread/queue/list",
    id: RequestId,
    params: ThreadQueueListParams,
  }
  /**
   * Replaces the content of an input that waits.
   */
  | {
    method: "thread/queue/update",
    id: RequestId,
    params: ThreadQueueUpdateParams,
  }
  /**
   * Takes an input out of the queue.
   */
  | {
    method: "thread/queue/delete",
    id: RequestId,
    params: ThreadQueueDeleteParams,
  }
  /**
   * Puts the queue of a thread into another order.
   */
  | {
    method: "thread/queue/reorder",
    id: RequestId,
    params: ThreadQueueReorderParams,
  }
  /**
   * Takes an input out of the queue and starts a turn with it.
   */
  | {
    method: "thread/queue/start",
    id: RequestId,
    params: ThreadQueueStartParams,
  }
  /**
   * Changes what is stored about a thread beside its history: Git facts, project, Daybreak choice. At least one
   * of them must be given.
   */
  | {
    method: "thread/metadata/update",
    id: RequestId,
    params: ThreadMetadataUpdateParams,
  }
  /**
   * Stores an attachment with a thread, or finds the one that already has this type and key.
   */
  | {
    method: "thread/attachment/add",
    id: RequestId,
    params: ThreadAttachmentAddParams,
  }
  /**
   * Lists the attachments of one thread, page by page.
   */
  | {
    method: "thread/attachment/list",
    id: RequestId,
    params: ThreadAttachmentListParams,
  }
  /**
   * Lists the threads that have an attachment of this type and key, page by page.
   */
  | {
    method: "thread/attachmentOwner/list",
    id: RequestId,
    params: ThreadAttachmentOwnerListParams,
  }
  /**
   * Deletes the attachment with this type and key from a thread.
   */
  | {
    method: "thread/attachment/remove",
    id: RequestId,
    params: ThreadAttachmentRemoveParams,
  }
  /**
   * Puts a thread into a section, at another place in its section, or out of it; `thread/section/changed` tells
   * all connections.
   */
  | {
    method: "thread/section/move",
    id: RequestId,
    params: ThreadSectionMoveParams,
  }
  /**
   * Changes what later turns of a thread run with; `thread/settings/updated` follows only when something
   * changed.
   */
  | {
    method: "thread/settings/update",
    id: RequestId,
    params: ThreadSettingsUpdateParams,
  }
  /**
   * Switches memories on or off for one thread.
   */
  | {
    method: "thread/memoryMode/set",
    id: RequestId,
    params: ThreadMemoryModeSetParams,
  }
  /**
   * Reads the memory summary that a thread uses; the thread has to be loaded.
   */
  | {
    method: "thread/memory/read",
    id: RequestId,
    params: ThreadMemoryReadParams,
  }
  /**
   * Tells how many threads the second version of the memories covers, and whether it is ready.
   */
  | {
    method: "memory/status",
    id: RequestId,
    params: MemoryStatusParams,
  }
  /**
   * Forgets all stored memories. Takes no params.
   */
  | {
    method: "memory/reset",
    id: RequestId,
    params?: null,
  }
  /**
   * Starts to compress the files of stored threads in the background and answers at once. Takes no params.
   */
  | {
    method: "rollout/compress",
    id: RequestId,
    params?: null,
  }
  /**
   * Brings an archived thread back under the same id; it is not loaded by that.
   */
  | {
    method: "thread/unarchive",
    id: RequestId,
    params: ThreadUnarchiveParams,
  }
  /**
   * Shortens the history that the model sees, as a turn of its own.
   */
  | {
    method: "thread/compact/start",
    id: RequestId,
    params: ThreadCompactStartParams,
  }
  /**
   * Runs a shell command of the user in a thread, outside the sandbox. Answers at once; the command runs as a
   * turn of its own, with an item of source `userShell`, and the model sees command and output later.
   */
  | {
    method: "thread/shellCommand",
    id: RequestId,
    params: ThreadShellCommandParams,
  }
  /**
   * Approves an action that the automatic reviewer denied in a thread.
   */
  | {
    method: "thread/approveGuardianDeniedAction",
    id: RequestId,
    params: ThreadApproveGuardianDeniedActionParams,
  }
  /**
   * Stops all background terminals of a thread.
   */
  | {
    method: "thread/backgroundTerminals/clean",
    id: RequestId,
    params: ThreadBackgroundTerminalsCleanParams,
  }
  /**
   * Lists the background terminals of a thread, page by page.
   */
  | {
    method: "thread/backgroundTerminals/list",
    id: RequestId,
    params: ThreadBackgroundTerminalsListParams,
  }
  /**
   * Stops one background terminal of a thread.
   */
  | {
    method: "thread/backgroundTerminals/terminate",
    id: RequestId,
    params: ThreadBackgroundTerminalsTerminateParams,
  }
  /**
   * Cuts the stored history of a thread off before a turn; `thread/reverted` follows. Only for threads with
   * paginated history; files that turns have changed stay as they are.
   */
  | {
    method: "thread/revert",
    id: RequestId,
    params: ThreadRevertParams,
  }
  /**
   * Lists stored threads, newest first, page by page.
   */
  | {
    method: "thread/list",
    id: RequestId,
    params: ThreadListParams,
  }
  /**
   * Lists projects page by page, in the user's order unless asked otherwise.
   */
  | {
    method: "project/list",
    id: RequestId,
    params: ProjectListParams,
  }
  /**
   * Reads one project.
   */
  | {
    method: "project/read",
    id: RequestId,
    params: ProjectReadParams,
  }
  /**
   * Creates a project.
   */
  | {
    method: "project/create",
    id: RequestId,
    params: ProjectCreateParams,
  }
  /**
   * Creates a project and assigns existing threads to it.
   */
  | {
    method: "project/import",
    id: RequestId,
    params: ProjectImportParams,
  }
  /**
   * Changes the name, folders or metadata of a project.
   */
  | {
    method: "project/update",
    id: RequestId,
    params: ProjectUpdateParams,
  }
  /**
   * Moves a project to another place in the order.
   */
  | {
    method: "project/move",
    id: RequestId,
    params: ProjectMoveParams,
  }
  /**
   * Deletes a project.
   */
  | {
    method: "project/delete",
    id: RequestId,
    params: ProjectDeleteParams,
  }
  /**
   * Lists the sections, page by page; a fresh home has one, named `Pinned`.
   */
  | {
    method: "threadSection/list",
    id: RequestId,
    params: ThreadSectionListParams,
  }
  /**
   * Creates a section and answers with it.
   */
  | {
    method: "threadSection/create",
    id: RequestId,
    params: ThreadSectionCreateParams,
  }
  /**
   * Renames a section and, when asked to, changes how it is drawn; its id stays.
   */
  | {
    method: "threadSection/update",
    id: RequestId,
    params: ThreadSectionUpdateParams,
  }
  /**
   * Deletes a section.
   */
  | {
    method: "threadSection/delete",
    id: RequestId,
    params: ThreadSectionDeleteParams,
  }
  /**
   * Searches the stored threads for a text and lists the matching ones, page by page, newest first unless told
   * otherwise.
   */
  | {
    method: "thread/search",
    id: RequestId,
    params: ThreadSearchParams,
  }
  /**
   * Finds every place where the visible messages of one thread hold a text, oldest message first, page by page.
   * The thread must have paginated history.
   */
  | {
    method: "thread/searchOccurrences",
    id: RequestId,
    params: ThreadSearchOccurrencesParams,
  }
  /**
   * Lists the ids of the threads that are in memory.
   */
  | {
    method: "thread/loaded/list",
    id: RequestId,
    params: ThreadLoadedListParams,
  }
  /**
   * Reads one thread without subscribing to it, with its turns when asked for.
   */
  | {
    method: "thread/read",
    id: RequestId,
    params: ThreadReadParams,
  }
  /**
   * Marks a thread as read or unread; refused when the state has changed since the revision that is named.
   */
  | {
    method: "thread/readState/update",
    id: RequestId,
    params: ThreadReadStateUpdateParams,
  }
  /**
   * Lists the turns of a thread, newest first unless asked otherwise, page by page.
   */
  | {
    method: "thread/turns/list",
    id: RequestId,
    params: ThreadTurnsListParams,
  }
  /**
   * Lists the items of a thread or of one of its turns, oldest first unless asked otherwise, page by page.
   */
  | {
    method: "thread/items/list",
    id: RequestId,
    params: ThreadItemsListParams,
  }
  /**
   * Reads some stored items of one turn by their ids, with the output that a list may have left out.
   */
  | {
    method: "thread/items/read",
    id: RequestId,
    params: ThreadItemsReadParams,
  }
  /**
   * Has the automatic reviewer assess a thread's action, and makes the caller a subscriber of the thread. The
   * subscription outlasts the review: it keeps the thread loaded until `thread/unsubscribe` or the end of the
   * connection.
   */
  | {
    method: "thread/guardianReview",
    id: RequestId,
    params: ThreadGuardianReviewParams,
  }
  /**
   * Adds items to what the model sees of a thread, without starting a turn.
   */
  | {
    method: "thread/inject_items",
    id: RequestId,
    params: ThreadInjectItemsParams,
  }
  /**
   * Gets a fresh thread ready to carry out a plan that was approved, and answers with the prompt for its first
   * turn.
   */
  | {
    method: "thread/prepareApprovedPlan",
    id: RequestId,
    params: ThreadPrepareApprovedPlanParams,
  }
  /**
   * Lists the skills that apply in each of the given working directories, together with the files that could not
   * be read.
   */
  | {
    method: "skills/list",
    id: RequestId,
    params: SkillsListParams,
  }
  /**
   * Replaces the extra folders in which skills of the user are looked for. They hold for the whole server until
   * it ends; nothing is stored.
   */
  | {
    method: "skills/extraRoots/set",
    id: RequestId,
    params: SkillsExtraRootsSetParams,
  }
  /**
   * Lists the configured hooks of some working directories or of a loaded thread, with their trust, and what was
   * wrong with their configuration.
   */
  | {
    method: "hooks/list",
    id: RequestId,
    params: HooksListParams,
  }
  /**
   * Adds a marketplace from a local folder or a git repository and writes it to `config.toml`. An empty or
   * unknown form of source is refused with -32600, a clone that fails with -32603.
   */
  | {
    method: "marketplace/add",
    id: RequestId,
    params: MarketplaceAddParams,
  }
  /**
   * Removes a marketplace from `config.toml`, together with its clone if there is one. An unknown name is
   * refused.
   */
  | {
    method: "marketplace/remove",
    id: RequestId,
    params: MarketplaceRemoveParams,
  }
  /**
   * Fetches marketplaces that come from git again, one or all; failures of single ones are part of the result.
   */
  | {
    method: "marketplace/upgrade",
    id: RequestId,
    params: MarketplaceUpgradeParams,
  }
  /**
   * Lists the plugins that marketplaces offer, marketplace by marketplace. A broken marketplace file becomes an
   * entry in `marketplaceLoadErrors`; a backend that fails leaves its part empty, without an error.
   */
  | {
    method: "plugin/list",
    id: RequestId,
    params: PluginListParams,
  }
  /**
   * Searches plugins by a term, page by page. Without a ChatGPT login nothing is found; a backend that fails
   * gives -32600.
   */
  | {
    method: "plugin/search",
    id: RequestId,
    params: PluginSearchParams,
  }
  /**
   * Lists the installed plugins, marketplace by marketplace, and on request some others that could be installed.
   */
  | {
    method: "plugin/installed",
    id: RequestId,
    params: PluginInstalledParams,
  }
  /**
   * Brings installed plugins in line with the remote catalogue and answers with what changed. Without a ChatGPT
   * login nothing happens and all lists are empty; a failing backend gives -32603.
   */
  | {
    method: "plugin/reconcile",
    id: RequestId,
    params: PluginReconcileParams,
  }
  /**
   * Reads one plugin with all it brings. Needs exactly one of `marketplacePath` and `remoteMarketplaceName`;
   * that, a marketplace file that is missing and a plugin that is not in it are refused with -32600.
   */
  | {
    method: "plugin/read",
    id: RequestId,
    params: PluginReadParams,
  }
  /**
   * Reads the text of one skill of a plugin in the remote catalogue. Refused with -32600 without a ChatGPT
   * login.
   */
  | {
    method: "plugin/skill/read",
    id: RequestId,
    params: PluginSkillReadParams,
  }
  /**
   * Uploads a local plugin to the catalogue, as a new share or as an update of an existing one, and answers with
   * its link.
   */
  | {
    method: "plugin/share/save",
    id: RequestId,
    params: PluginShareSaveParams,
  }
  /**
   * Sets with whom a shared plugin is shared and how it can be found.
   */
  | {
    method: "plugin/share/updateTargets",
    id: RequestId,
    params: PluginShareUpdateTargetsParams,
  }
  /**
   * Lists shared plugins, each with its local folder where there is one.
   */
  | {
    method: "plugin/share/list",
    id: RequestId,
    params: PluginShareListParams,
  }
  /**
   * Fetches a shared plugin into a local folder and adds it to a local marketplace.
   */
  | {
    method: "plugin/share/checkout",
    id: RequestId,
    params: PluginShareCheckoutParams,
  }
  /**
   * Deletes a shared plugin from the catalogue.
   */
  | {
    method: "plugin/share/delete",
    id: RequestId,
    params: PluginShareDeleteParams,
  }
  /**
   * Reads what is known about certain apps, and names the ids that are not known. Without apps all ids are
   * missing.
   */
  | {
    method: "app/read",
    id: RequestId,
    params: AppsReadParams,
  }
  /**
   * Lists the apps that the user can use or connect, page by page. Empty without a ChatGPT login or with the
   * feature `apps` off; fails with -32603 when the apps cannot be fetched.
   */
  | {
    method: "app/list",
    id: RequestId,
    params: AppsListParams,
  }
  /**
   * Lists the installed apps and whether each can be called now, as last published by the server.
   */
  | {
    method: "app/installed",
    id: RequestId,
    params: AppsInstalledParams,
  }
  /**
   * Reads a whole file of at most 536870912 bytes; directories and larger files are refused.
   */
  | {
    method: "fs/readFile",
    id: RequestId,
    params: FsReadFileParams,
  }
  /**
   * Writes a whole file, replacing what it held or creating it; its directory must exist.
   */
  | {
    method: "fs/writeFile",
    id: RequestId,
    params: FsWriteFileParams,
  }
  /**
   * Creates a directory, with its missing parents unless told otherwise.
   */
  | {
    method: "fs/createDirectory",
    id: RequestId,
    params: FsCreateDirectoryParams,
  }
  /**
   * Tells what kind of thing a path is and its times. Symbolic links are followed; one that leads nowhere is an
   * error.
   */
  | {
    method: "fs/getMetadata",
    id: RequestId,
    params: FsGetMetadataParams,
  }
  /**
   * Lists the names directly inside a directory, in no particular order. Symbolic links are followed; those that
   * lead nowhere are left out.
   */
  | {
    method: "fs/readDirectory",
    id: RequestId,
    params: FsReadDirectoryParams,
  }
  /**
   * Removes a file or a directory, by default with everything in it and without complaint when it is missing.
   */
  | {
    method: "fs/remove",
    id: RequestId,
    params: FsRemoveParams,
  }
  /**
   * Copies a file or, with `recursive`, a directory; symbolic links are copied as links. Refused for other kinds
   * of file, and for a directory into itself.
   */
  | {
    method: "fs/copy",
    id: RequestId,
    params: FsCopyParams,
  }
  /**
   * Starts to report changes of a file, or of what lies directly in a directory, as `fs/changed`. The watch ends
   * with `fs/unwatch` or with the connection.
   */
  | {
    method: "fs/watch",
    id: RequestId,
    params: FsWatchParams,
  }
  /**
   * Ends a watch of this connection; one that is unknown or already ended does no harm.
   */
  | {
    method: "fs/unwatch",
    id: RequestId,
    params: FsUnwatchParams,
  }
  /**
   * Turns one skill on or off in `config.toml`, chosen by either its path or its name. Both or neither is
   * refused with -32602.
   */
  | {
    method: "skills/config/write",
    id: RequestId,
    params: SkillsConfigWriteParams,
  }
  /**
   * Copies a plugin from a marketplace into the cache and switches it on in the user's configuration. Refused
   * when the marketplace does not allow it, or when the plugin has no manifest.
   */
  | {
    method: "plugin/install",
    id: RequestId,
    params: PluginInstallParams,
  }
  /**
   * Removes a plugin from the cache and from the user's configuration; succeeds also when it is not installed.
   * For a remote id a ChatGPT login is needed.
   */
  | {
    method: "plugin/uninstall",
    id: RequestId,
    params: PluginUninstallParams,
  }
  /**
   * Starts a turn with the input of the user, or joins the one that runs.
   */
  | {
    method: "turn/start",
    id: RequestId,
    params: TurnStartParams,
  }
  /**
   * Changes what the running turn works with from its next step on; later turns keep the settings of the thread.
   * The answer says whether the turn was still there.
   */
  | {
    method: "turn/settings/update",
    id: RequestId,
    params: TurnSettingsUpdateParams,
  }
  /**
   * Adds input to the running turn.
   */
  | {
    method: "turn/steer",
    id: RequestId,
    params: TurnSteerParams,
  }
  /**
   * Ends the running turn as interrupted.
   */
  | {
    method: "turn/interrupt",
    id: RequestId,
    params: TurnInterruptParams,
  }
  /**
   * Starts a realtime session for a thread. The answer comes at once; `thread/realtime/started` tells that it
   * runs, `thread/realtime/error` that it failed.
   */
  | {
    method: "thread/realtime/start",
    id: RequestId,
    params: ThreadRealtimeStartParams,
  }
  /**
   * Sends a piece of audio to the realtime session. Without a session an `error` notification tells so.
   */
  | {
    method: "thread/realtime/appendAudio",
    id: RequestId,
    params: ThreadRealtimeAppendAudioParams,
  }
  /**
   * Sends a text to the realtime session, in the role that is given. Without a session an `error` notification
   * tells so.
   */
  | {
    method: "thread/realtime/appendText",
    id: RequestId,
    params: ThreadRealtimeAppendTextParams,
  }
  /**
   * Sends a text to the realtime session that is to be spoken. Without a session an `error` notification tells
   * so.
   */
  | {
    method: "thread/realtime/appendSpeech",
    id: RequestId,
    params: ThreadRealtimeAppendSpeechParams,
  }
  /**
   * Ends the realtime session of a thread; `thread/realtime/closed` follows, with the reason `requested`.
   */
  | {
    method: "thread/realtime/stop",
    id: RequestId,
    params: ThreadRealtimeStopParams,
  }
  /**
   * Lists the history of a thread, ordinary and realtime, page by page in the order of its rollout.
   */
  | {
    method: "thread/timeline/list",
    id: RequestId,
    params: ThreadTimelineListParams,
  }
  /**
   * Lists the voices for each version of the realtime protocol; the lists are fixed.
   */
  | {
    method: "thread/realtime/listVoices",
    id: RequestId,
    params: ThreadRealtimeListVoicesParams,
  }
  /**
   * Starts a review as a turn of a thread and answers at once with that turn. `turn/started` then carries
   * another turn id, which is the one to interrupt; its `rootTurnId` is the id answered here.
   */
  | {
    method: "review/start",
    id: RequestId,
    params: ReviewStartParams,
  }
  /**
   * Lists the models that clients can offer.
   */
  | {
    method: "model/list",
    id: RequestId,
    params: ModelListParams,
  }
  /**
   * Tells whether a provider signs in by gateway OAuth and whether credentials are at hand; starts no login. A
   * provider without gateway OAuth is answered with `required` false.
   */
  | {
    method: "account/gatewayOAuth/read",
    id: RequestId,
    params?: GatewayOAuthReadParams | null,
  }
  /**
   * Starts a gateway login for a configured provider; the default provider and those of threads stay as they
   * are. A provider without gateway OAuth is refused with -32600.
   */
  | {
    method: "account/gatewayOAuth/login",
    id: RequestId,
    params?: GatewayOAuthLoginParams | null,
  }
  /**
   * Stops the gateway login under way; when none is, the answer is the same.
   */
  | {
    method: "account/gatewayOAuth/cancel",
    id: RequestId,
    params?: null,
  }
  /**
   * Lists the model providers, built in and configured, and names the default one.
   */
  | {
    method: "modelProvider/list",
    id: RequestId,
    params: ModelProviderListParams,
  }
  /**
   * Writes settings of one provider to the user's configuration and answers with the provider as it is then; a
   * custom gateway can also be created so.
   */
  | {
    method: "modelProvider/config/write",
    id: RequestId,
    params: ModelProviderConfigWriteParams,
  }
  /**
   * Tells whether the configured model provider can generate images and search the web.
   */
  | {
    method: "modelProvider/capabilities/read",
    id: RequestId,
    params: ModelProviderCapabilitiesReadParams,
  }
  /**
   * Lists all feature flags with their stage and whether they are on, page by page.
   */
  | {
    method: "experimentalFeature/list",
    id: RequestId,
    params: ExperimentalFeatureListParams,
  }
  /**
   * Lists the permission profiles, built in and configured, page by page, each with whether it may be chosen.
   */
  | {
    method: "permissionProfile/list",
    id: RequestId,
    params: PermissionProfileListParams,
  }
  /**
   * Switches features on or off for the whole server process until it ends; nothing is written to the
   * configuration. Names that cannot be switched this way are passed over.
   */
  | {
    method: "experimentalFeature/enablement/set",
    id: RequestId,
    params: ExperimentalFeatureEnablementSetParams,
  }
  /**
   * Turns remote control on and answers with the status; refused without a ChatGPT login.
   */
  | {
    method: "remoteControl/enable",
    id: RequestId,
    params?: RemoteControlEnableParams | null,
  }
  /**
   * Turns remote control off and answers with the status.
   */
  | {
    method: "remoteControl/disable",
    id: RequestId,
    params?: RemoteControlDisableParams | null,
  }
  /**
   * Reads whether remote control is on and connected; takes no params and works without a login.
   */
  | {
    method: "remoteControl/status/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Starts the pairing of another device and answers with the code for it; refused while remote control is off.
   */
  | {
    method: "remoteControl/pairing/start",
    id: RequestId,
    params: RemoteControlPairingStartParams,
  }
  /**
   * Tells whether a pairing code was claimed; refused without either kind of code.
   */
  | {
    method: "remoteControl/pairing/status",
    id: RequestId,
    params: RemoteControlPairingStatusParams,
  }
  /**
   * Lists the devices paired with an environment, page by page.
   */
  | {
    method: "remoteControl/client/list",
    id: RequestId,
    params: RemoteControlClientsListParams,
  }
  /**
   * Takes the access away from a paired device.
   */
  | {
    method: "remoteControl/client/revoke",
    id: RequestId,
    params: RemoteControlClientsRevokeParams,
  }
  /**
   * Lists the ways in which the agent can work with the user.
   */
  | {
    method: "collaborationMode/list",
    id: RequestId,
    params: CollaborationModeListParams,
  }
  /**
   * Echoes its value: for testing the experimental gate.
   */
  | {
    method: "mock/experimentalMethod",
    id: RequestId,
    params: MockExperimentalMethodParams,
  }
  /**
   * Makes a remote exec-server known under an id, without connecting to it yet. Refused for an empty id and for
   * `local`, which is reserved. Experimental.
   */
  | {
    method: "environment/add",
    id: RequestId,
    params: EnvironmentAddParams,
  }
  /**
   * Asks an environment for its shell and its default working directory, connecting to it where needed. An id
   * that is not configured is refused; an environment that cannot be reached is an internal error. Experimental.
   */
  | {
    method: "environment/info",
    id: RequestId,
    params: EnvironmentInfoParams,
  }
  /**
   * Tells whether an environment is reachable, without starting, connecting or repairing anything. An id that is
   * not configured is an answer (`unknown`), not an error. Experimental.
   */
  | {
    method: "environment/status",
    id: RequestId,
    params: EnvironmentStatusParams,
  }
  /**
   * Starts an OAuth login at an MCP server and answers with the URL to open; `mcpServer/oauthLogin/completed`
   * tells how it ended. A server that is not configured or not reached over HTTP is refused with -32600.
   */
  | {
    method: "mcpServer/oauth/login",
    id: RequestId,
    params: McpServerOauthLoginParams,
  }
  /**
   * Makes loaded threads read the MCP configuration anew; servers that changed or failed are restarted at once,
   * ready and unchanged ones are kept. Takes no params.
   */
  | {
    method: "config/mcpServer/reload",
    id: RequestId,
    params?: null,
  }
  /**
   * Lists the configured MCP servers by name, with tools, resources and login state, page by page. Servers are
   * started for it where needed; disabled ones are listed empty.
   */
  | {
    method: "mcpServerStatus/list",
    id: RequestId,
    params: ListMcpServerStatusParams,
  }
  /**
   * Reads one resource of an MCP server, with or without a thread. When the MCP server answers with an error,
   * its code is passed on to the client.
   */
  | {
    method: "mcpServer/resource/read",
    id: RequestId,
    params: McpResourceReadParams,
  }
  /**
   * Starts a stream of events of an MCP server of a thread; they come as `mcpServer/event/stream/notification`.
   */
  | {
    method: "mcpServer/event/stream/start",
    id: RequestId,
    params: McpServerEventStreamStartParams,
  }
  /**
   * Stops a stream of events.
   */
  | {
    method: "mcpServer/event/stream/stop",
    id: RequestId,
    params: McpServerEventStreamStopParams,
  }
  /**
   * Calls a tool of one of a thread's MCP servers and answers with its raw result; calls on one thread run in
   * order. A server that is not known and a call that takes too long fail with -32603.
   */
  | {
    method: "mcpServer/tool/call",
    id: RequestId,
    params: McpServerToolCallParams,
  }
  /**
   * Starts the setup of the Windows sandbox and answers at once; `windowsSandbox/setupCompleted` tells how it
   * went. One setup runs at a time.
   */
  | {
    method: "windowsSandbox/setupStart",
    id: RequestId,
    params: WindowsSandboxSetupStartParams,
  }
  /**
   * Tells whether the Windows sandbox is ready for use; `notConfigured` on other systems.
   */
  | {
    method: "windowsSandbox/readiness",
    id: RequestId,
    params?: null,
  }
  /**
   * Starts a login and cancels one still under way. Logins in a browser or by device code are answered at once
   * and end later with `account/login/completed`; while the client supplies the tokens, every other kind is
   * refused with -32600.
   */
  | {
    method: "account/login/start",
    id: RequestId,
    params: LoginAccountParams,
  }
  /**
   * Lists the AWS profiles and the AWS credentials in the environment that the server finds on its machine; both
   * lists are empty when it finds none.
   */
  | {
    method: "account/bedrock/discover",
    id: RequestId,
    params: BedrockDiscoverParams,
  }
  /**
   * Sets up Amazon Bedrock with an AWS profile or the environment's credentials. Refused with -32600 when that
   * cannot be done.
   */
  | {
    method: "account/bedrock/setup",
    id: RequestId,
    params: BedrockSetupParams,
  }
  /**
   * Sets up Vertex AI of Google Cloud in the user's configuration. Refused with -32600 when that cannot be done;
   * `data.reason` then names the cause, such as `authCommandFailed`.
   */
  | {
    method: "account/gcp/setup",
    id: RequestId,
    params: GcpSetupParams,
  }
  /**
   * Tells whether Bedrock is used in a GovCloud region and whether to warn about managed requirements that fall
   * short of it; blocks nothing. Meant for the time right after a setup or login.
   */
  | {
    method: "account/bedrock/checkGovCloudRequirements",
    id: RequestId,
    params: BedrockCheckGovCloudRequirementsParams,
  }
  /**
   * Cancels a login under way; it still ends with `account/login/completed`, without success. An id that is no
   * UUID is refused with -32600.
   */
  | {
    method: "account/login/cancel",
    id: RequestId,
    params: CancelLoginAccountParams,
  }
  /**
   * Lists the stored ChatGPT logins with their workspaces; empty without one.
   */
  | {
    method: "accountSession/list",
    id: RequestId,
    params: AccountSessionsListParams,
  }
  /**
   * Changes to another stored ChatGPT login or another workspace of it. May need a browser first; without a
   * ChatGPT login of the server's own it is refused with -32600.
   */
  | {
    method: "accountSession/switch",
    id: RequestId,
    params: AccountSessionsSwitchParams,
  }
  /**
   * Forgets the login: revokes its tokens where they are the server's own (best effort, at most 10 seconds),
   * deletes what is stored, and sends `account/updated` in every case.
   */
  | {
    method: "account/logout",
    id: RequestId,
    params?: null,
  }
  /**
   * Reads the reminder about the account's security, if there is one; changes nothing about the account. Signed
   * out, the notice is null.
   */
  | {
    method: "account/securitySetup/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Reads the account's limits from the backend, and the credits for resetting them as far as they can be had.
   * Without a ChatGPT login it is refused with -32600; an HTTP failure gives -32603.
   */
  | {
    method: "account/rateLimits/read",
    id: RequestId,
    params?: GetAccountRateLimitsParams | null,
  }
  /**
   * Spends one earned credit to reset the account's windows early. Repeating it with the same key does not spend
   * a second one.
   */
  | {
    method: "account/rateLimitResetCredit/consume",
    id: RequestId,
    params: ConsumeAccountRateLimitResetCreditParams,
  }
  /**
   * Reads token usage of the account over time, or the estimated usage of one thread; the backend has 10 seconds
   * to answer. Without a ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/usage/read",
    id: RequestId,
    params?: GetAccountTokenUsageParams | null,
  }
  /**
   * Reads the messages of the ChatGPT workspace that are current; the backend has 1 second to answer. Without a
   * ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/workspaceMessages/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Has the backend mail the owner of the workspace that more credits or a higher limit are wanted. Without a
   * ChatGPT login it is refused with -32600.
   */
  | {
    method: "account/sendAddCreditsNudgeEmail",
    id: RequestId,
    params: SendAddCreditsNudgeEmailParams,
  }
  /**
   * Sends a report to the makers of the product. Refused for a bad thread id and when the configuration disables
   * feedback; an internal error when the report cannot be delivered.
   */
  | {
    method: "feedback/upload",
    id: RequestId,
    params: FeedbackUploadParams,
  }
  /**
   * Writes a report to a ZIP file on the server's machine in place of sending it. Refused when the path is not
   * absolute.
   */
  | {
    method: "feedback/save",
    id: RequestId,
    params: FeedbackSaveParams,
  }
  /**
   * Runs a command in the sandbox and answers once it has exited, after all of its output deltas. A timeout is
   * no error: the exit code is then 124. Fields that exclude each other are refused, and so is a second command
   * with a `processId` in use.
   */
  | {
    method: "command/exec",
    id: RequestId,
    params: CommandExecParams,
  }
  /**
   * Writes to the standard input of a running command, closes it, or both. Refused when the command has ended or
   * was started without `streamStdin`.
   */
  | {
    method: "command/exec/write",
    id: RequestId,
    params: CommandExecWriteParams,
  }
  /**
   * Kills a running command; `command/exec` then answers, with exit code 137, or 1 on a terminal. Refused when
   * the command has ended or is unknown.
   */
  | {
    method: "command/exec/terminate",
    id: RequestId,
    params: CommandExecTerminateParams,
  }
  /**
   * Changes the size of a running command's terminal. Refused without a terminal, or when the command has ended.
   */
  | {
    method: "command/exec/resize",
    id: RequestId,
    params: CommandExecResizeParams,
  }
  /**
   * Starts a process outside of any sandbox and answers as soon as it runs and its handle is known; the exit is
   * told by `process/exited`. A failing start is refused with -32603.
   */
  | {
    method: "process/spawn",
    id: RequestId,
    params: ProcessSpawnParams,
  }
  /**
   * Writes bytes to the stdin of a running process, closes it, or does both.
   */
  | {
    method: "process/writeStdin",
    id: RequestId,
    params: ProcessWriteStdinParams,
  }
  /**
   * Kills a running process; its `process/exited` follows, usually with exit code 137.
   */
  | {
    method: "process/kill",
    id: RequestId,
    params: ProcessKillParams,
  }
  /**
   * Changes the size of the terminal that a running process is attached to.
   */
  | {
    method: "process/resizePty",
    id: RequestId,
    params: ProcessResizePtyParams,
  }
  /**
   * Reads the effective configuration, where each value comes from, and the layers.
   */
  | {
    method: "config/read",
    id: RequestId,
    params: ConfigReadParams,
  }
  /**
   * Looks for things of another agent that can be imported. Looks nowhere unless `includeHome` or `cwds` says
   * so, and offers only what would change something here.
   */
  | {
    method: "externalAgentConfig/detect",
    id: RequestId,
    params: ExternalAgentConfigDetectParams,
  }
  /**
   * Starts importing the given items and answers at once with the id of the import; values that exist here
   * already are never overwritten. Plugins and sessions may take longer than the rest.
   */
  | {
    method: "externalAgentConfig/import",
    id: RequestId,
    params: ExternalAgentConfigImportParams,
  }
  /**
   * Adds an import that was done outside the server to the history, and gives it an id.
   */
  | {
    method: "externalAgentConfig/import/recordHistory",
    id: RequestId,
    params: ExternalAgentConfigImportHistoryRecordParams,
  }
  /**
   * Reads the finished imports, and the connectors that they brought up.
   */
  | {
    method: "externalAgentConfig/import/readHistories",
    id: RequestId,
    params?: null,
  }
  /**
   * Writes or removes one value in the user's configuration file. Refused with a `config_write_error_code` in
   * the error data: `configLayerReadonly`, `configVersionConflict`, `configRequirementReadonly` or
   * `configValidationError`.
   */
  | {
    method: "config/value/write",
    id: RequestId,
    params: ConfigValueWriteParams,
  }
  /**
   * Writes several values in the user's configuration file, all or none, and hands them to loaded threads on
   * request. Refused for the same reasons as `config/value/write`.
   */
  | {
    method: "config/batchWrite",
    id: RequestId,
    params: ConfigBatchWriteParams,
  }
  /**
   * Reads the requirements in force, merged from all their sources. Fails when a source cannot be read or
   * parsed.
   */
  | {
    method: "configRequirements/read",
    id: RequestId,
    params?: null,
  }
  /**
   * Tells who is signed in and whether the provider needs it.
   */
  | {
    method: "account/read",
    id: RequestId,
    params: GetAccountParams,
  }
  /**
   * Finds files and directories whose paths loosely match a text, at most 50 of them. What git ignores is left
   * out, hidden files are kept. A newer call with the same token cancels the older one.
   */
  | {
    method: "fuzzyFileSearch",
    id: RequestId,
    params: FuzzyFileSearchParams,
  }
  /**
   * Opens a search session over some directories; a session of the same id is replaced silently.
   */
  | {
    method: "fuzzyFileSearch/sessionStart",
    id: RequestId,
    params: FuzzyFileSearchSessionStartParams,
  }
  /**
   * Gives a session its next query. The results come as `fuzzyFileSearch/sessionUpdated`; an unknown session is
   * refused.
   */
  | {
    method: "fuzzyFileSearch/sessionUpdate",
    id: RequestId,
    params: FuzzyFileSearchSessionUpdateParams,
  }
  /**
   * Ends a search session; one that is unknown or already ended does no harm.
   */
  | {
    method: "fuzzyFileSearch/sessionStop",
    id: RequestId,
    params: FuzzyFileSearchSessionStopParams,
  };
