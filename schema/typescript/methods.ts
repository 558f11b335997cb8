// Generated from the protocol crate; do not edit.

import type { AccountLoginCompletedNotification } from "./v2/AccountLoginCompletedNotification";
import type { AccountRateLimitsUpdatedNotification } from "./v2/AccountRateLimitsUpdatedNotification";
import type { AccountUpdatedNotification } from "./v2/AccountUpdatedNotification";
import type { AgentMessageDeltaNotification } from "./v2/AgentMessageDeltaNotification";
import type { AppListUpdatedNotification } from "./v2/AppListUpdatedNotification";
import type { ApplyPatchApprovalParams } from "./ApplyPatchApprovalParams";
import type { ApplyPatchApprovalResponse } from "./ApplyPatchApprovalResponse";
import type { AppsInstalledParams } from "./v2/AppsInstalledParams";
import type { AppsInstalledResponse } from "./v2/AppsInstalledResponse";
import type { AppsListParams } from "./v2/AppsListParams";
import type { AppsListResponse } from "./v2/AppsListResponse";
import type { AppsReadParams } from "./v2/AppsReadParams";
import type { AppsReadResponse } from "./v2/AppsReadResponse";
import type { AttestationGenerateParams } from "./v2/AttestationGenerateParams";
import type { AttestationGenerateResponse } from "./v2/AttestationGenerateResponse";
import type { AuthRecoveryNotification } from "./v2/AuthRecoveryNotification";
import type { CancelLoginAccountParams } from "./v2/CancelLoginAccountParams";
import type { CancelLoginAccountResponse } from "./v2/CancelLoginAccountResponse";
import type { ChatgptAuthTokensRefreshParams } from "./v2/ChatgptAuthTokensRefreshParams";
import type { ChatgptAuthTokensRefreshResponse } from "./v2/ChatgptAuthTokensRefreshResponse";
import type { CommandExecOutputDeltaNotification } from "./v2/CommandExecOutputDeltaNotification";
import type { CommandExecParams } from "./v2/CommandExecParams";
import type { CommandExecResizeParams } from "./v2/CommandExecResizeParams";
import type { CommandExecResizeResponse } from "./v2/CommandExecResizeResponse";
import type { CommandExecResponse } from "./v2/CommandExecResponse";
import type { CommandExecTerminateParams } from "./v2/CommandExecTerminateParams";
import type { CommandExecTerminateResponse } from "./v2/CommandExecTerminateResponse";
import type { CommandExecWriteParams } from "./v2/CommandExecWriteParams";
import type { CommandExecWriteResponse } from "./v2/CommandExecWriteResponse";
import type { CommandExecutionOutputDeltaNotification } from "./v2/CommandExecutionOutputDeltaNotification";
import type { CommandExecutionRequestApprovalParams } from "./v2/CommandExecutionRequestApprovalParams";
import type { CommandExecutionRequestApprovalResponse } from "./v2/CommandExecutionRequestApprovalResponse";
import type { ConfigBatchWriteParams } from "./v2/ConfigBatchWriteParams";
import type { ConfigReadParams } from "./v2/ConfigReadParams";
import type { ConfigReadResponse } from "./v2/ConfigReadResponse";
import type { ConfigRequirementsReadResponse } from "./v2/ConfigRequirementsReadResponse";
import type { ConfigValueWriteParams } from "./v2/ConfigValueWriteParams";
import type { ConfigWarningNotification } from "./v2/ConfigWarningNotification";
import type { ConfigWriteResponse } from "./v2/ConfigWriteResponse";
import type { ConsumeAccountRateLimitResetCreditParams } from "./v2/ConsumeAccountRateLimitResetCreditParams";
import type { ConsumeAccountRateLimitResetCreditResponse } from "./v2/ConsumeAccountRateLimitResetCreditResponse";
import type { ContextCompactedNotification } from "./v2/ContextCompactedNotification";
import type { DeprecationNoticeNotification } from "./v2/DeprecationNoticeNotification";
import type { DynamicToolCallParams } from "./v2/DynamicToolCallParams";
import type { DynamicToolCallResponse } from "./v2/DynamicToolCallResponse";
import type { EnvironmentConnectionNotification } from "./v2/EnvironmentConnectionNotification";
import type { ErrorNotification } from "./v2/ErrorNotification";
import type { ExecCommandApprovalParams } from "./ExecCommandApprovalParams";
import type { ExecCommandApprovalResponse } from "./ExecCommandApprovalResponse";
import type { ExperimentalFeatureEnablementSetParams } from "./v2/ExperimentalFeatureEnablementSetParams";
import type { ExperimentalFeatureEnablementSetResponse } from "./v2/ExperimentalFeatureEnablementSetResponse";
import type { ExperimentalFeatureListParams } from "./v2/ExperimentalFeatureListParams";
import type { ExperimentalFeatureListResponse } from "./v2/ExperimentalFeatureListResponse";
import type { ExternalAgentConfigDetectParams } from "./v2/ExternalAgentConfigDetectParams";
import type { ExternalAgentConfigDetectResponse } from "./v2/ExternalAgentConfigDetectResponse";
import type { ExternalAgentConfigImportCompletedNotification } from "./v2/ExternalAgentConfigImportCompletedNotification";
import type { ExternalAgentConfigImportHistoriesReadResponse } from "./v2/ExternalAgentConfigImportHistoriesReadResponse";
import type { ExternalAgentConfigImportHistoryRecordParams } from "./v2/ExternalAgentConfigImportHistoryRecordParams";
import type { ExternalAgentConfigImportHistoryRecordResponse } from "./v2/ExternalAgentConfigImportHistoryRecordResponse";
import type { ExternalAgentConfigImportParams } from "./v2/ExternalAgentConfigImportParams";
import type { ExternalAgentConfigImportProgressNotification } from "./v2/ExternalAgentConfigImportProgressNotification";
import type { ExternalAgentConfigImportResponse } from "./v2/ExternalAgentConfigImportResponse";
import type { FeedbackSaveParams } from "./v2/FeedbackSaveParams";
import type { FeedbackSaveResponse } from "./v2/FeedbackSaveResponse";
import type { FeedbackUploadParams } from "./v2/FeedbackUploadParams";
import type { FeedbackUploadResponse } from "./v2/FeedbackUploadResponse";
import type { FileChangeOutputDeltaNotification } from "./v2/FileChangeOutputDeltaNotification";
import type { FileChangePatchUpdatedNotification } from "./v2/FileChangePatchUpdatedNotification";
import type { FileChangeRequestApprovalParams } from "./v2/FileChangeRequestApprovalParams";
import type { FileChangeRequestApprovalResponse } from "./v2/FileChangeRequestApprovalResponse";
import type { FsChangedNotification } from "./v2/FsChangedNotification";
import type { FsCopyParams } from "./v2/FsCopyParams";
import type { FsCopyResponse } from "./v2/FsCopyResponse";
import type { FsCreateDirectoryParams } from "./v2/FsCreateDirectoryParams";
import type { FsCreateDirectoryResponse } from "./v2/FsCreateDirectoryResponse";
import type { FsGetMetadataParams } from "./v2/FsGetMetadataParams";
import type { FsGetMetadataResponse } from "./v2/FsGetMetadataResponse";
import type { FsReadDirectoryParams } from "./v2/FsReadDirectoryParams";
import type { FsReadDirectoryResponse } from "./v2/FsReadDirectoryResponse";
import type { FsReadFileParams } from "./v2/FsReadFileParams";
import type { FsReadFileResponse } from "./v2/FsReadFileResponse";
import type { FsRemoveParams } from "./v2/FsRemoveParams";
import type { FsRemoveResponse } from "./v2/FsRemoveResponse";
import type { FsUnwatchParams } from "./v2/FsUnwatchParams";
import type { FsUnwatchResponse } from "./v2/FsUnwatchResponse";
import type { FsWatchParams } from "./v2/FsWatchParams";
import type { FsWatchResponse } from "./v2/FsWatchResponse";
import type { FsWriteFileParams } from "./v2/FsWriteFileParams";
import type { FsWriteFileResponse } from "./v2/FsWriteFileResponse";
import type { FuzzyFileSearchParams } from "./FuzzyFileSearchParams";
import type { FuzzyFileSearchResponse } from "./FuzzyFileSearchResponse";
import type { FuzzyFileSearchSessionCompletedNotification } from "./FuzzyFileSearchSessionCompletedNotification";
import type { FuzzyFileSearchSessionUpdatedNotification } from "./FuzzyFileSearchSessionUpdatedNotification";
import type { GatewayOAuthCancelResponse } from "./v2/GatewayOAuthCancelResponse";
import type { GatewayOAuthChangedNotification } from "./v2/GatewayOAuthChangedNotification";
import type { GatewayOAuthLoginParams } from "./v2/GatewayOAuthLoginParams";
import type { GatewayOAuthLoginResponse } from "./v2/GatewayOAuthLoginResponse";
import type { GatewayOAuthReadParams } from "./v2/GatewayOAuthReadParams";
import type { GatewayOAuthReadResponse } from "./v2/GatewayOAuthReadResponse";
import type { GetAccountParams } from "./v2/GetAccountParams";
import type { GetAccountRateLimitsParams } from "./v2/GetAccountRateLimitsParams";
import type { GetAccountRateLimitsResponse } from "./v2/GetAccountRateLimitsResponse";
import type { GetAccountResponse } from "./v2/GetAccountResponse";
import type { GetAccountSecuritySetupResponse } from "./v2/GetAccountSecuritySetupResponse";
import type { GetAccountTokenUsageParams } from "./v2/GetAccountTokenUsageParams";
import type { GetAccountTokenUsageResponse } from "./v2/GetAccountTokenUsageResponse";
import type { GetWorkspaceMessagesResponse } from "./v2/GetWorkspaceMessagesResponse";
import type { GuardianWarningNotification } from "./v2/GuardianWarningNotification";
import type { HookCompletedNotification } from "./v2/HookCompletedNotification";
import type { HookStartedNotification } from "./v2/HookStartedNotification";
import type { HooksListParams } from "./v2/HooksListParams";
import type { HooksListResponse } from "./v2/HooksListResponse";
import type { InitializeParams } from "./InitializeParams";
import type { InitializeResponse } from "./InitializeResponse";
import type { ItemCompletedNotification } from "./v2/ItemCompletedNotification";
import type { ItemGuardianApprovalReviewCompletedNotification } from "./v2/ItemGuardianApprovalReviewCompletedNotification";
import type { ItemGuardianApprovalReviewStartedNotification } from "./v2/ItemGuardianApprovalReviewStartedNotification";
import type { ItemStartedNotification } from "./v2/ItemStartedNotification";
import type { ListMcpServerStatusParams } from "./v2/ListMcpServerStatusParams";
import type { ListMcpServerStatusResponse } from "./v2/ListMcpServerStatusResponse";
import type { LoginAccountParams } from "./v2/LoginAccountParams";
import type { LoginAccountResponse } from "./v2/LoginAccountResponse";
import type { LogoutAccountResponse } from "./v2/LogoutAccountResponse";
import type { MarketplaceAddParams } from "./v2/MarketplaceAddParams";
import type { MarketplaceAddResponse } from "./v2/MarketplaceAddResponse";
import type { MarketplaceRemoveParams } from "./v2/MarketplaceRemoveParams";
import type { MarketplaceRemoveResponse } from "./v2/MarketplaceRemoveResponse";
import type { MarketplaceUpgradeParams } from "./v2/MarketplaceUpgradeParams";
import type { MarketplaceUpgradeResponse } from "./v2/MarketplaceUpgradeResponse";
import type { McpResourceReadParams } from "./v2/McpResourceReadParams";
import type { McpResourceReadResponse } from "./v2/McpResourceReadResponse";
import type { McpServerElicitationRequestParams } from "./v2/McpServerElicitationRequestParams";
import type { McpServerElicitationRequestResponse } from "./v2/McpServerElicitationRequestResponse";
import type { McpServerEventStreamNotification } from "./v2/McpServerEventStreamNotification";
import type { McpServerOauthLoginCompletedNotification } from "./v2/McpServerOauthLoginCompletedNotification";
import type { McpServerOauthLoginParams } from "./v2/McpServerOauthLoginParams";
import type { McpServerOauthLoginResponse } from "./v2/McpServerOauthLoginResponse";
import type { McpServerRefreshResponse } from "./v2/McpServerRefreshResponse";
import type { McpServerStatusUpdatedNotification } from "./v2/McpServerStatusUpdatedNotification";
import type { McpServerToolCallParams } from "./v2/McpServerToolCallParams";
import type { McpServerToolCallResponse } from "./v2/McpServerToolCallResponse";
import type { McpToolCallProgressNotification } from "./v2/McpToolCallProgressNotification";
import type { ModelListParams } from "./v2/ModelListParams";
import type { ModelListResponse } from "./v2/ModelListResponse";
import type { ModelProviderCapabilitiesReadParams } from "./v2/ModelProviderCapabilitiesReadParams";
import type { ModelProviderCapabilitiesReadResponse } from "./v2/ModelProviderCapabilitiesReadResponse";
import type { ModelProviderConfigWriteParams } from "./v2/ModelProviderConfigWriteParams";
import type { ModelProviderConfigWriteResponse } from "./v2/ModelProviderConfigWriteResponse";
import type { ModelProviderListParams } from "./v2/ModelProviderListParams";
import type { ModelProviderListResponse } from "./v2/ModelProviderListResponse";
import type { ModelReroutedNotification } from "./v2/ModelReroutedNotification";
import type { ModelSafetyBufferingUpdatedNotification } from "./v2/ModelSafetyBufferingUpdatedNotification";
import type { ModelVerificationNotification } from "./v2/ModelVerificationNotification";
import type { PermissionProfileListParams } from "./v2/PermissionProfileListParams";
import type { PermissionProfileListResponse } from "./v2/PermissionProfileListResponse";
import type { PermissionsRequestApprovalParams } from "./v2/PermissionsRequestApprovalParams";
import type { PermissionsRequestApprovalResponse } from "./v2/PermissionsRequestApprovalResponse";
import type { PlanDeltaNotification } from "./v2/PlanDeltaNotification";
import type { PluginInstallParams } from "./v2/PluginInstallParams";
import type { PluginInstallResponse } from "./v2/PluginInstallResponse";
import type { PluginInstalledParams } from "./v2/PluginInstalledParams";
import type { PluginInstalledResponse } from "./v2/PluginInstalledResponse";
import type { PluginListParams } from "./v2/PluginListParams";
import type { PluginListResponse } from "./v2/PluginListResponse";
import type { PluginReadParams } from "./v2/PluginReadParams";
import type { PluginReadResponse } from "./v2/PluginReadResponse";
import type { PluginReconcileParams } from "./v2/PluginReconcileParams";
import type { PluginReconcileResponse } from "./v2/PluginReconcileResponse";
import type { PluginShareCheckoutParams } from "./v2/PluginShareCheckoutParams";
import type { PluginShareCheckoutResponse } from "./v2/PluginShareCheckoutResponse";
import type { PluginShareDeleteParams } from "./v2/PluginShareDeleteParams";
import type { PluginShareDeleteResponse } from "./v2/PluginShareDeleteResponse";
import type { PluginShareListParams } from "./v2/PluginShareListParams";
import type { PluginShareListResponse } from "./v2/PluginShareListResponse";
import type { PluginShareSaveParams } from "./v2/PluginShareSaveParams";
import type { PluginShareSaveResponse } from "./v2/PluginShareSaveResponse";
import type { PluginShareUpdateTargetsParams } from "./v2/PluginShareUpdateTargetsParams";
import type { PluginShareUpdateTargetsResponse } from "./v2/PluginShareUpdateTargetsResponse";
import type { PluginSkillReadParams } from "./v2/PluginSkillReadParams";
import type { PluginSkillReadResponse } from "./v2/PluginSkillReadResponse";
import type { PluginUninstallParams } from "./v2/PluginUninstallParams";
import type { PluginUninstallResponse } from "./v2/PluginUninstallResponse";
import type { ProcessExitedNotification } from "./v2/ProcessExitedNotification";
import type { ProcessOutputDeltaNotification } from "./v2/ProcessOutputDeltaNotification";
import type { ProjectChangedNotification } from "./v2/ProjectChangedNotification";
import type { ReasoningSummaryPartAddedNotification } from "./v2/ReasoningSummaryPartAddedNotification";
import type { ReasoningSummaryTextDeltaNotification } from "./v2/ReasoningSummaryTextDeltaNotification";
import type { ReasoningTextDeltaNotification } from "./v2/ReasoningTextDeltaNotification";
import type { RemoteControlStatusChangedNotification } from "./v2/RemoteControlStatusChangedNotification";
import type { ReviewStartParams } from "./v2/ReviewStartParams";
import type { ReviewStartResponse } from "./v2/ReviewStartResponse";
import type { SendAddCreditsNudgeEmailParams } from "./v2/SendAddCreditsNudgeEmailParams";
import type { SendAddCreditsNudgeEmailResponse } from "./v2/SendAddCreditsNudgeEmailResponse";
import type { ServerRequestResolvedNotification } from "./v2/ServerRequestResolvedNotification";
import type { SkillsChangedNotification } from "./v2/SkillsChangedNotification";
import type { SkillsConfigWriteParams } from "./v2/SkillsConfigWriteParams";
import type { SkillsConfigWriteResponse } from "./v2/SkillsConfigWriteResponse";
import type { SkillsExtraRootsSetParams } from "./v2/SkillsExtraRootsSetParams";
import type { SkillsExtraRootsSetResponse } from "./v2/SkillsExtraRootsSetResponse";
import type { SkillsListParams } from "./v2/SkillsListParams";
import type { SkillsListResponse } from "./v2/SkillsListResponse";
import type { StrictReviewRequiredNotification } from "./v2/StrictReviewRequiredNotification";
import type { TerminalInteractionNotification } from "./v2/TerminalInteractionNotification";
import type { ThreadApproveGuardianDeniedActionParams } from "./v2/ThreadApproveGuardianDeniedActionParams";
import type { ThreadApproveGuardianDeniedActionResponse } from "./v2/ThreadApproveGuardianDeniedActionResponse";
import type { ThreadArchiveParams } from "./v2/ThreadArchiveParams";
import type { ThreadArchiveResponse } from "./v2/ThreadArchiveResponse";
import type { ThreadArchivedNotification } from "./v2/ThreadArchivedNotification";
import type { ThreadAttachmentAddParams } from "./v2/ThreadAttachmentAddParams";
import type { ThreadAttachmentAddResponse } from "./v2/ThreadAttachmentAddResponse";
import type { ThreadAttachmentListParams } from "./v2/ThreadAttachmentListParams";
import type { ThreadAttachmentListResponse } from "./v2/ThreadAttachmentListResponse";
import type { ThreadAttachmentOwnerListParams } from "./v2/ThreadAttachmentOwnerListParams";
import type { ThreadAttachmentOwnerListResponse } from "./v2/ThreadAttachmentOwnerListResponse";
import type { ThreadAttachmentRemoveParams } from "./v2/ThreadAttachmentRemoveParams";
import type { ThreadAttachmentRemoveResponse } from "./v2/ThreadAttachmentRemoveResponse";
import type { ThreadAttachmentUpdatedNotification } from "./v2/ThreadAttachmentUpdatedNotification";
import type { ThreadClosedNotification } from "./v2/ThreadClosedNotification";
import type { ThreadCompactStartParams } from "./v2/ThreadCompactStartParams";
import type { ThreadCompactStartResponse } from "./v2/ThreadCompactStartResponse";
import type { ThreadDeleteParams } from "./v2/ThreadDeleteParams";
import type { ThreadDeleteResponse } from "./v2/ThreadDeleteResponse";
import type { ThreadDeletedNotification } from "./v2/ThreadDeletedNotification";
import type { ThreadForkParams } from "./v2/ThreadForkParams";
import type { ThreadForkResponse } from "./v2/ThreadForkResponse";
import type { ThreadGoalClearParams } from "./v2/ThreadGoalClearParams";
import type { ThreadGoalClearResponse } from "./v2/ThreadGoalClearResponse";
import type { ThreadGoalClearedNotification } from "./v2/ThreadGoalClearedNotification";
import type { ThreadGoalGetParams } from "./v2/ThreadGoalGetParams";
import type { ThreadGoalGetResponse } from "./v2/ThreadGoalGetResponse";
import type { ThreadGoalSetParams } from "./v2/ThreadGoalSetParams";
import type { ThreadGoalSetResponse } from "./v2/ThreadGoalSetResponse";
import type { ThreadGoalUpdatedNotification } from "./v2/ThreadGoalUpdatedNotification";
import type { ThreadInjectItemsParams } from "./v2/ThreadInjectItemsParams";
import type { ThreadInjectItemsResponse } from "./v2/ThreadInjectItemsResponse";
import type { ThreadItemsListParams } from "./v2/ThreadItemsListParams";
import type { ThreadItemsListResponse } from "./v2/ThreadItemsListResponse";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadListResponse } from "./v2/ThreadListResponse";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadLoadedListResponse } from "./v2/ThreadLoadedListResponse";
import type { ThreadMetadataUpdateParams } from "./v2/ThreadMetadataUpdateParams";
import type { ThreadMetadataUpdateResponse } from "./v2/ThreadMetadataUpdateResponse";
import type { ThreadNameUpdatedNotification } from "./v2/ThreadNameUpdatedNotification";
import type { ThreadPredictionUpdatedNotification } from "./v2/ThreadPredictionUpdatedNotification";
import type { ThreadProjectUpdatedNotification } from "./v2/ThreadProjectUpdatedNotification";
import type { ThreadQueueChangedNotification } from "./v2/ThreadQueueChangedNotification";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadReadResponse } from "./v2/ThreadReadResponse";
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
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadResumeResponse } from "./v2/ThreadResumeResponse";
import type { ThreadRevertParams } from "./v2/ThreadRevertParams";
import type { ThreadRevertResponse } from "./v2/ThreadRevertResponse";
import type { ThreadRevertedNotification } from "./v2/ThreadRevertedNotification";
import type { ThreadSectionChangedNotification } from "./v2/ThreadSectionChangedNotification";
import type { ThreadSectionCreateParams } from "./v2/ThreadSectionCreateParams";
import type { ThreadSectionCreateResponse } from "./v2/ThreadSectionCreateResponse";
import type { ThreadSectionDeleteParams } from "./v2/ThreadSectionDeleteParams";
import type { ThreadSectionDeleteResponse } from "./v2/ThreadSectionDeleteResponse";
import type { ThreadSectionListParams } from "./v2/ThreadSectionListParams";
import type { ThreadSectionListResponse } from "./v2/ThreadSectionListResponse";
import type { ThreadSectionMoveParams } from "./v2/ThreadSectionMoveParams";
import type { ThreadSectionMoveResponse } from "./v2/ThreadSectionMoveResponse";
import type { ThreadSectionUpdateParams } from "./v2/ThreadSectionUpdateParams";
import type { ThreadSectionUpdateResponse } from "./v2/ThreadSectionUpdateResponse";
import type { ThreadSetNameParams } from "./v2/ThreadSetNameParams";
import type { ThreadSetNameResponse } from "./v2/ThreadSetNameResponse";
import type { ThreadSettingsUpdatedNotification } from "./v2/ThreadSettingsUpdatedNotification";
import type { ThreadShellCommandParams } from "./v2/ThreadShellCommandParams";
import type { ThreadShellCommandResponse } from "./v2/ThreadShellCommandResponse";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadStartResponse } from "./v2/ThreadStartResponse";
import type { ThreadStartedNotification } from "./v2/ThreadStartedNotification";
import type { ThreadStatusChangedNotification } from "./v2/ThreadStatusChangedNotification";
import type { ThreadTokenUsageUpdatedNotification } from "./v2/ThreadTokenUsageUpdatedNotification";
import type { ThreadTurnsListParams } from "./v2/ThreadTurnsListParams";
import type { ThreadTurnsListResponse } from "./v2/ThreadTurnsListResponse";
import type { ThreadUnarchiveParams } from "./v2/ThreadUnarchiveParams";
import type { ThreadUnarchiveResponse } from "./v2/ThreadUnarchiveResponse";
import type { ThreadUnarchivedNotification } from "./v2/ThreadUnarchivedNotification";
import type { ThreadUnsubscribeParams } from "./v2/ThreadUnsubscribeParams";
import type { ThreadUnsubscribeResponse } from "./v2/ThreadUnsubscribeResponse";
import type { ToolRequestUserInputParams } from "./v2/ToolRequestUserInputParams";
import type { ToolRequestUserInputResponse } from "./v2/ToolRequestUserInputResponse";
import type { TurnCompletedNotification } from "./v2/TurnCompletedNotification";
import type { TurnDiffUpdatedNotification } from "./v2/TurnDiffUpdatedNotification";
import type { TurnInterruptParams } from "./v2/TurnInterruptParams";
import type { TurnInterruptResponse } from "./v2/TurnInterruptResponse";
import type { TurnModerationMetadataNotification } from "./v2/TurnModerationMetadataNotification";
import type { TurnPlanUpdatedNotification } from "./v2/TurnPlanUpdatedNotification";
import type { TurnStartParams } from "./v2/TurnStartParams";
import type { TurnStartResponse } from "./v2/TurnStartResponse";
import type { TurnStartedNotification } from "./v2/TurnStartedNotification";
import type { TurnSteerParams } from "./v2/TurnSteerParams";
import type { TurnSteerResponse } from "./v2/TurnSteerResponse";
import type { WarningNotification } from "./v2/WarningNotification";
import type { WindowsSandboxReadinessResponse } from "./v2/WindowsSandboxReadinessResponse";
import type { WindowsSandboxSetupCompletedNotification } from "./v2/WindowsSandboxSetupCompletedNotification";
import type { WindowsSandboxSetupStartParams } from "./v2/WindowsSandboxSetupStartParams";
import type { WindowsSandboxSetupStartResponse } from "./v2/WindowsSandboxSetupStartResponse";
import type { WindowsWorldWritableWarningNotification } from "./v2/WindowsWorldWritableWarningNotification";

/**
 * What a client may ask, by method: `ClientRequests[M]["params"]` and `ClientRequests[M]["result"]`.
 */
export interface ClientRequests {
  /**
   * Opens the connection: who the client is and what it wants. Nothing else is answered before it.
   */
  "initialize": { params: InitializeParams; result: InitializeResponse };
  /**
   * Starts a thread and subscribes the caller to it.
   */
  "thread/start": { params: ThreadStartParams; result: ThreadStartResponse };
  /**
   * Subscribes the caller to a thread and answers with its history, loading it from disk where needed.
   */
  "thread/resume": { params: ThreadResumeParams; result: ThreadResumeResponse };
  /**
   * Makes a new thread out of the history of another one and subscribes the caller to it; `thread/started`
   * follows. The source need not be loaded.
   */
  "thread/fork": { params: ThreadForkParams; result: ThreadForkResponse };
  /**
   * Archives a thread: lists leave it out and it cannot be resumed until it is unarchived. A running turn is
   * interrupted first, and a loaded thread is unloaded; refused while another process writes to the thread.
   */
  "thread/archive": { params: ThreadArchiveParams; result: ThreadArchiveResponse };
  /**
   * Deletes a thread for good; a loaded one is unloaded. Refused while the history of a fork still refers to it,
   * or while threads are attached to it.
   */
  "thread/delete": { params: ThreadDeleteParams; result: ThreadDeleteResponse };
  /**
   * Ends the subscription of the caller to a thread; the thread stays loaded for a while.
   */
  "thread/unsubscribe": { params: ThreadUnsubscribeParams; result: ThreadUnsubscribeResponse };
  /**
   * Names a thread.
   */
  "thread/name/set": { params: ThreadSetNameParams; result: ThreadSetNameResponse };
  /**
   * Sets the goal of a thread, or changes the objective, status or budget of the one it has;
   * `thread/goal/updated` tells of it.
   */
  "thread/goal/set": { params: ThreadGoalSetParams; result: ThreadGoalSetResponse };
  /**
   * Reads the goal of a thread.
   */
  "thread/goal/get": { params: ThreadGoalGetParams; result: ThreadGoalGetResponse };
  /**
   * Takes the goal away from a thread; `thread/goal/cleared` tells of it.
   */
  "thread/goal/clear": { params: ThreadGoalClearParams; result: ThreadGoalClearResponse };
  /**
   * Changes what is stored about a thread beside its history: Git facts, project, Daybreak choice. At least one
   * of them must be given.
   */
  "thread/metadata/update": { params: ThreadMetadataUpdateParams; result: ThreadMetadataUpdateResponse };
  /**
   * Stores an attachment with a thread, or finds the one that already has this type and key.
   */
  "thread/attachment/add": { params: ThreadAttachmentAddParams; result: ThreadAttachmentAddResponse };
  /**
   * Lists the attachments of one thread, page by page.
   */
  "thread/attachment/list": { params: ThreadAttachmentListParams; result: ThreadAttachmentListResponse };
  /**
   * Lists the threads that have an attachment of this type and key, page by page.
   */
  "thread/attachmentOwner/list": { params: ThreadAttachmentOwnerListParams; result: ThreadAttachmentOwnerListResponse };
  /**
   * Deletes the attachment with this type and key from a thread.
   */
  "thread/attachment/remove": { params: ThreadAttachmentRemoveParams; result: ThreadAttachmentRemoveResponse };
  /**
   * Puts a thread into a section, at another place in its section, or out of it; `thread/section/changed` tells
   * all connections.
   */
  "thread/section/move": { params: ThreadSectionMoveParams; result: ThreadSectionMoveResponse };
  /**
   * Brings an archived thread back under the same id; it is not loaded by that.
   */
  "thread/unarchive": { params: ThreadUnarchiveParams; result: ThreadUnarchiveResponse };
  /**
   * Shortens the history that the model sees, as a turn of its own.
   */
  "thread/compact/start": { params: ThreadCompactStartParams; result: ThreadCompactStartResponse };
  /**
   * Runs a shell command of the user in a thread, outside the sandbox. Answers at once; the command runs as a
   * turn of its own, with an item of source `userShell`, and the model sees command and output later.
   */
  "thread/shellCommand": { params: ThreadShellCommandParams; result: ThreadShellCommandResponse };
  /**
   * Approves an action that the automatic reviewer denied in a thread.
   */
  "thread/approveGuardianDeniedAction": { params: ThreadApproveGuardianDeniedActionParams; result: ThreadApproveGuardianDeniedActionResponse };
  /**
   * Cuts the stored history of a thread off before a turn; `thread/reverted` follows. Only for threads with
   * paginated history; files that turns have changed stay as they are.
   */
  "thread/revert": { params: ThreadRevertParams; result: ThreadRevertResponse };
  /**
   * Lists stored threads, newest first, page by page.
   */
  "thread/list": { params: ThreadListParams; result: ThreadListResponse };
  /**
   * Lists the sections, page by page; a fresh home has one, named `Pinned`.
   */
  "threadSection/list": { params: ThreadSectionListParams; result: ThreadSectionListResponse };
  /**
   * Creates a section and answers with it.
   */
  "threadSection/create": { params: ThreadSectionCreateParams; result: ThreadSectionCreateResponse };
  /**
   * Renames a section and, when asked to, changes how it is drawn; its id stays.
   */
  "threadSection/update": { params: ThreadSectionUpdateParams; result: ThreadSectionUpdateResponse };
  /**
   * Deletes a section.
   */
  "threadSection/delete": { params: ThreadSectionDeleteParams; result: ThreadSectionDeleteResponse };
  /**
   * Lists the ids of the threads that are in memory.
   */
  "thread/loaded/list": { params: ThreadLoadedListParams; result: ThreadLoadedListResponse };
  /**
   * Reads one thread without subscribing to it, with its turns when asked for.
   */
  "thread/read": { params: ThreadReadParams; result: ThreadReadResponse };
  /**
   * Lists the turns of a thread, newest first unless asked otherwise, page by page.
   */
  "thread/turns/list": { params: ThreadTurnsListParams; result: ThreadTurnsListResponse };
  /**
   * Lists the items of a thread or of one of its turns, oldest first unless asked otherwise, page by page.
   */
  "thread/items/list": { params: ThreadItemsListParams; result: ThreadItemsListResponse };
  /**
   * Adds items to what the model sees of a thread, without starting a turn.
   */
  "thread/inject_items": { params: ThreadInjectItemsParams; result: ThreadInjectItemsResponse };
  /**
   * Lists the skills that apply in each of the given working directories, together with the files that could not
   * be read.
   */
  "skills/list": { params: SkillsListParams; result: SkillsListResponse };
  /**
   * Replaces the extra folders in which skills of the user are looked for. They hold for the whole server until
   * it ends; nothing is stored.
   */
  "skills/extraRoots/set": { params: SkillsExtraRootsSetParams; result: SkillsExtraRootsSetResponse };
  /**
   * Lists the configured hooks of some working directories or of a loaded thread, with their trust, and what was
   * wrong with their configuration.
   */
  "hooks/list": { params: HooksListParams; result: HooksListResponse };
  /**
   * Adds a marketplace from a local folder or a git repository and writes it to `config.toml`. An empty or
   * unknown form of source is refused with -32600, a clone that fails with -32603.
   */
  "marketplace/add": { params: MarketplaceAddParams; result: MarketplaceAddResponse };
  /**
   * Removes a marketplace from `config.toml`, together with its clone if there is one. An unknown name is
   * refused.
   */
  "marketplace/remove": { params: MarketplaceRemoveParams; result: MarketplaceRemoveResponse };
  /**
   * Fetches marketplaces that come from git again, one or all; failures of single ones are part of the result.
   */
  "marketplace/upgrade": { params: MarketplaceUpgradeParams; result: MarketplaceUpgradeResponse };
  /**
   * Lists the plugins that marketplaces offer, marketplace by marketplace. A broken marketplace file becomes an
   * entry in `marketplaceLoadErrors`; a backend that fails leaves its part empty, without an error.
   */
  "plugin/list": { params: PluginListParams; result: PluginListResponse };
  /**
   * Lists the installed plugins, marketplace by marketplace, and on request some others that could be installed.
   */
  "plugin/installed": { params: PluginInstalledParams; result: PluginInstalledResponse };
  /**
   * Brings installed plugins in line with the remote catalogue and answers with what changed. Without a ChatGPT
   * login nothing happens and all lists are empty; a failing backend gives -32603.
   */
  "plugin/reconcile": { params: PluginReconcileParams; result: PluginReconcileResponse };
  /**
   * Reads one plugin with all it brings. Needs exactly one of `marketplacePath` and `remoteMarketplaceName`;
   * that, a marketplace file that is missing and a plugin that is not in it are refused with -32600.
   */
  "plugin/read": { params: PluginReadParams; result: PluginReadResponse };
  /**
   * Reads the text of one skill of a plugin in the remote catalogue. Refused with -32600 without a ChatGPT
   * login.
   */
  "plugin/skill/read": { params: PluginSkillReadParams; result: PluginSkillReadResponse };
  /**
   * Uploads a local plugin to the catalogue, as a new share or as an update of an existing one, and answers with
   * its link.
   */
  "plugin/share/save": { params: PluginShareSaveParams; result: PluginShareSaveResponse };
  /**
   * Sets with whom a shared plugin is shared and how it can be found.
   */
  "plugin/share/updateTargets": { params: PluginShareUpdateTargetsParams; result: PluginShareUpdateTargetsResponse };
  /**
   * Lists shared plugins, each with its local folder where there is one.
   */
  "plugin/share/list": { params: PluginShareListParams; result: PluginShareListResponse };
  /**
   * Fetches a shared plugin into a local folder and adds it to a local marketplace.
   */
  "plugin/share/checkout": { params: PluginShareCheckoutParams; result: PluginShareCheckoutResponse };
  /**
   * Deletes a shared plugin from the catalogue.
   */
  "plugin/share/delete": { params: PluginShareDeleteParams; result: PluginShareDeleteResponse };
  /**
   * Reads what is known about certain apps, and names the ids that are not known. Without apps all ids are
   * missing.
   */
  "app/read": { params: AppsReadParams; result: AppsReadResponse };
  /**
   * Lists the apps that the user can use or connect, page by page. Empty without a ChatGPT login or with the
   * feature `apps` off; fails with -32603 when the apps cannot be fetched.
   */
  "app/list": { params: AppsListParams; result: AppsListResponse };
  /**
   * Lists the installed apps and whether each can be called now, as last published by the server.
   */
  "app/installed": { params: AppsInstalledParams; result: AppsInstalledResponse };
  /**
   * Reads a whole file of at most 536870912 bytes; directories and larger files are refused.
   */
  "fs/readFile": { params: FsReadFileParams; result: FsReadFileResponse };
  /**
   * Writes a whole file, replacing what it held or creating it; its directory must exist.
   */
  "fs/writeFile": { params: FsWriteFileParams; result: FsWriteFileResponse };
  /**
   * Creates a directory, with its missing parents unless told otherwise.
   */
  "fs/createDirectory": { params: FsCreateDirectoryParams; result: FsCreateDirectoryResponse };
  /**
   * Tells what kind of thing a path is and its times. Symbolic links are followed; one that leads nowhere is an
   * error.
   */
  "fs/getMetadata": { params: FsGetMetadataParams; result: FsGetMetadataResponse };
  /**
   * Lists the names directly inside a directory, in no particular order. Symbolic links are followed; those that
   * lead nowhere are left out.
   */
  "fs/readDirectory": { params: FsReadDirectoryParams; result: FsReadDirectoryResponse };
  /**
   * Removes a file or a directory, by default with everything in it and without complaint when it is missing.
   */
  "fs/remove": { params: FsRemoveParams; result: FsRemoveResponse };
  /**
   * Copies a file or, with `recursive`, a directory; symbolic links are copied as links. Refused for other kinds
   * of file, and for a directory into itself.
   */
  "fs/copy": { params: FsCopyParams; result: FsCopyResponse };
  /**
   * Starts to report changes of a file, or of what lies directly in a directory, as `fs/changed`. The watch ends
   * with `fs/unwatch` or with the connection.
   */
  "fs/watch": { params: FsWatchParams; result: FsWatchResponse };
  /**
   * Ends a watch of this connection; one that is unknown or already ended does no harm.
   */
  "fs/unwatch": { params: FsUnwatchParams; result: FsUnwatchResponse };
  /**
   * Turns one skill on or off in `config.toml`, chosen by either its path or its name. Both or neither is
   * refused with -32602.
   */
  "skills/config/write": { params: SkillsConfigWriteParams; result: SkillsConfigWriteResponse };
  /**
   * Copies a plugin from a marketplace into the cache and switches it on in the user's configuration. Refused
   * when the marketplace does not allow it, or when the plugin has no manifest.
   */
  "plugin/install": { params: PluginInstallParams; result: PluginInstallResponse };
  /**
   * Removes a plugin from the cache and from the user's configuration; succeeds also when it is not installed.
   * For a remote id a ChatGPT login is needed.
   */
  "plugin/uninstall": { params: PluginUninstallParams; result: PluginUninstallResponse };
  /**
   * Starts a turn with the input of the user, or joins the one that runs.
   */
  "turn/start": { params: TurnStartParams; result: TurnStartResponse };
  /**
   * Adds input to the running turn.
   */
  "turn/steer": { params: TurnSteerParams; result: TurnSteerResponse };
  /**
   * Ends the running turn as interrupted.
   */
  "turn/interrupt": { params: TurnInterruptParams; result: TurnInterruptResponse };
  /**
   * Starts a review as a turn of a thread and answers at once with that turn. `turn/started` then carries
   * another turn id, which is the one to interrupt; its `rootTurnId` is the id answered here.
   */
  "review/start": { params: ReviewStartParams; result: ReviewStartResponse };
  /**
   * Lists the models that clients can offer.
   */
  "model/list": { params: ModelListParams; result: ModelListResponse };
  /**
   * Tells whether a provider signs in by gateway OAuth and whether credentials are at hand; starts no login. A
   * provider without gateway OAuth is answered with `required` false.
   */
  "account/gatewayOAuth/read": { params?: GatewayOAuthReadParams | null; result: GatewayOAuthReadResponse };
  /**
   * Starts a gateway login for a configured provider; the default provider and those of threads stay as they
   * are. A provider without gateway OAuth is refused with -32600.
   */
  "account/gatewayOAuth/login": { params?: GatewayOAuthLoginParams | null; result: GatewayOAuthLoginResponse };
  /**
   * Stops the gateway login under way; when none is, the answer is the same.
   */
  "account/gatewayOAuth/cancel": { params?: null; result: GatewayOAuthCancelResponse };
  /**
   * Lists the model providers, built in and configured, and names the default one.
   */
  "modelProvider/list": { params: ModelProviderListParams; result: ModelProviderListResponse };
  /**
   * Writes settings of one provider to the user's configuration and answers with the provider as it is then; a
   * custom gateway can also be created so.
   */
  "modelProvider/config/write": { params: ModelProviderConfigWriteParams; result: ModelProviderConfigWriteResponse };
  /**
   * Tells whether the configured model provider can generate images and search the web.
   */
  "modelProvider/capabilities/read": { params: ModelProviderCapabilitiesReadParams; result: ModelProviderCapabilitiesReadResponse };
  /**
   * Lists all feature flags with their stage and whether they are on, page by page.
   */
  "experimentalFeature/list": { params: ExperimentalFeatureListParams; result: ExperimentalFeatureListResponse };
  /**
   * Lists the permission profiles, built in and configured, page by page, each with whether it may be chosen.
   */
  "permissionProfile/list": { params: PermissionProfileListParams; result: PermissionProfileListResponse };
  /**
   * Switches features on or off for the whole server process until it ends; nothing is written to the
   * configuration. Names that cannot be switched this way are passed over.
   */
  "experimentalFeature/enablement/set": { params: ExperimentalFeatureEnablementSetParams; result: ExperimentalFeatureEnablementSetResponse };
  /**
   * Starts an OAuth login at an MCP server and answers with the URL to open; `mcpServer/oauthLogin/completed`
   * tells how it ended. A server that is not configured or not reached over HTTP is refused with -32600.
   */
  "mcpServer/oauth/login": { params: McpServerOauthLoginParams; result: McpServerOauthLoginResponse };
  /**
   * Makes loaded threads read the MCP configuration anew; servers that changed or failed are restarted at once,
   * ready and unchanged ones are kept. Takes no params.
   */
  "config/mcpServer/reload": { params?: null; result: McpServerRefreshResponse };
  /**
   * Lists the configured MCP servers by name, with tools, resources and login state, page by page. Servers are
   * started for it where needed; disabled ones are listed empty.
   */
  "mcpServerStatus/list": { params: ListMcpServerStatusParams; result: ListMcpServerStatusResponse };
  /**
   * Reads one resource of an MCP server, with or without a thread. When the MCP server answers with an error,
   * its code is passed on to the client.
   */
  "mcpServer/resource/read": { params: McpResourceReadParams; result: McpResourceReadResponse };
  /**
   * Calls a tool of one of a thread's MCP servers and answers with its raw result; calls on one thread run in
   * order. A server that is not known and a call that takes too long fail with -32603.
   */
  "mcpServer/tool/call": { params: McpServerToolCallParams; result: McpServerToolCallResponse };
  /**
   * Starts the setup of the Windows sandbox and answers at once; `windowsSandbox/setupCompleted` tells how it
   * went. One setup runs at a time.
   */
  "windowsSandbox/setupStart": { params: WindowsSandboxSetupStartParams; result: WindowsSandboxSetupStartResponse };
  /**
   * Tells whether the Windows sandbox is ready for use; `notConfigured` on other systems.
   */
  "windowsSandbox/readiness": { params?: null; result: WindowsSandboxReadinessResponse };
  /**
   * Starts a login and cancels one still under way. Logins in a browser or by device code are answered at once
   * and end later with `account/login/completed`; while the client supplies the tokens, every other kind is
   * refused with -32600.
   */
  "account/login/start": { params: LoginAccountParams; result: LoginAccountResponse };
  /**
   * Cancels a login under way; it still ends with `account/login/completed`, without success. An id that is no
   * UUID is refused with -32600.
   */
  "account/login/cancel": { params: CancelLoginAccountParams; result: CancelLoginAccountResponse };
  /**
   * Forgets the login: revokes its tokens where they are the server's own (best effort, at most 10 seconds),
   * deletes what is stored, and sends `account/updated` in every case.
   */
  "account/logout": { params?: null; result: LogoutAccountResponse };
  /**
   * Reads the reminder about the account's security, if there is one; changes nothing about the account. Signed
   * out, the notice is null.
   */
  "account/securitySetup/read": { params?: null; result: GetAccountSecuritySetupResponse };
  /**
   * Reads the account's limits from the backend, and the credits for resetting them as far as they can be had.
   * Without a ChatGPT login it is refused with -32600; an HTTP failure gives -32603.
   */
  "account/rateLimits/read": { params?: GetAccountRateLimitsParams | null; result: GetAccountRateLimitsResponse };
  /**
   * Spends one earned credit to reset the account's windows early. Repeating it with the same key does not spend
   * a second one.
   */
  "account/rateLimitResetCredit/consume": { params: ConsumeAccountRateLimitResetCreditParams; result: ConsumeAccountRateLimitResetCreditResponse };
  /**
   * Reads token usage of the account over time, or the estimated usage of one thread; the backend has 10 seconds
   * to answer. Without a ChatGPT login it is refused with -32600.
   */
  "account/usage/read": { params?: GetAccountTokenUsageParams | null; result: GetAccountTokenUsageResponse };
  /**
   * Reads the messages of the ChatGPT workspace that are current; the backend has 1 second to answer. Without a
   * ChatGPT login it is refused with -32600.
   */
  "account/workspaceMessages/read": { params?: null; result: GetWorkspaceMessagesResponse };
  /**
   * Has the backend mail the owner of the workspace that more credits or a higher limit are wanted. Without a
   * ChatGPT login it is refused with -32600.
   */
  "account/sendAddCreditsNudgeEmail": { params: SendAddCreditsNudgeEmailParams; result: SendAddCreditsNudgeEmailResponse };
  /**
   * Sends a report to the makers of the product. Refused for a bad thread id and when the configuration disables
   * feedback; an internal error when the report cannot be delivered.
   */
  "feedback/upload": { params: FeedbackUploadParams; result: FeedbackUploadResponse };
  /**
   * Writes a report to a ZIP file on the server's machine in place of sending it. Refused when the path is not
   * absolute.
   */
  "feedback/save": { params: FeedbackSaveParams; result: FeedbackSaveResponse };
  /**
   * Runs a command in the sandbox and answers once it has exited, after all of its output deltas. A timeout is
   * no error: the exit code is then 124. Fields that exclude each other are refused, and so is a second command
   * with a `processId` in use.
   */
  "command/exec": { params: CommandExecParams; result: CommandExecResponse };
  /**
   * Writes to the standard input of a running command, closes it, or both. Refused when the command has ended or
   * was started without `streamStdin`.
   */
  "command/exec/write": { params: CommandExecWriteParams; result: CommandExecWriteResponse };
  /**
   * Kills a running command; `command/exec` then answers, with exit code 137, or 1 on a terminal. Refused when
   * the command has ended or is unknown.
   */
  "command/exec/terminate": { params: CommandExecTerminateParams; result: CommandExecTerminateResponse };
  /**
   * Changes the size of a running command's terminal. Refused without a terminal, or when the command has ended.
   */
  "command/exec/resize": { params: CommandExecResizeParams; result: CommandExecResizeResponse };
  /**
   * Reads the effective configuration, where each value comes from, and the layers.
   */
  "config/read": { params: ConfigReadParams; result: ConfigReadResponse };
  /**
   * Looks for things of another agent that can be imported. Looks nowhere unless `includeHome` or `cwds` says
   * so, and offers only what would change something here.
   */
  "externalAgentConfig/detect": { params: ExternalAgentConfigDetectParams; result: ExternalAgentConfigDetectResponse };
  /**
   * Starts importing the given items and answers at once with the id of the import; values that exist here
   * already are never overwritten. Plugins and sessions may take longer than the rest.
   */
  "externalAgentConfig/import": { params: ExternalAgentConfigImportParams; result: ExternalAgentConfigImportResponse };
  /**
   * Adds an import that was done outside the server to the history, and gives it an id.
   */
  "externalAgentConfig/import/recordHistory": { params: ExternalAgentConfigImportHistoryRecordParams; result: ExternalAgentConfigImportHistoryRecordResponse };
  /**
   * Reads the finished imports, and the connectors that they brought up.
   */
  "externalAgentConfig/import/readHistories": { params?: null; result: ExternalAgentConfigImportHistoriesReadResponse };
  /**
   * Writes or removes one value in the user's configuration file. Refused with a `config_write_error_code` in
   * the error data: `configLayerReadonly`, `configVersionConflict`, `configRequirementReadonly` or
   * `configValidationError`.
   */
  "config/value/write": { params: ConfigValueWriteParams; result: ConfigWriteResponse };
  /**
   * Writes several values in the user's configuration file, all or none, and hands them to loaded threads on
   * request. Refused for the same reasons as `config/value/write`.
   */
  "config/batchWrite": { params: ConfigBatchWriteParams; result: ConfigWriteResponse };
  /**
   * Reads the requirements in force, merged from all their sources. Fails when a source cannot be read or
   * parsed.
   */
  "configRequirements/read": { params?: null; result: ConfigRequirementsReadResponse };
  /**
   * Tells who is signed in and whether the provider needs it.
   */
  "account/read": { params: GetAccountParams; result: GetAccountResponse };
  /**
   * Finds files and directories whose paths loosely match a text, at most 50 of them. What git ignores is left
   * out, hidden files are kept. A newer call with the same token cancels the older one.
   */
  "fuzzyFileSearch": { params: FuzzyFileSearchParams; result: FuzzyFileSearchResponse };
}

/**
 * What the server may ask of a client, by method.
 */
export interface ServerRequests {
  /**
   * Asks whether a command may run, or input may be sent to one. Comes after `item/started` of the command and
   * with the thread status `waitingOnApproval`, to all subscribers of the thread. An error or a malformed answer
   * makes the item fail; the turn goes on.
   */
  "item/commandExecution/requestApproval": { params: CommandExecutionRequestApprovalParams; result: CommandExecutionRequestApprovalResponse };
  /**
   * Asks whether the changes of a `fileChange` item may be made, with the thread status `waitingOnApproval`.
   * `serverRequest/resolved` follows the answer, then `item/completed`. An error as the answer counts as
   * `decline`.
   */
  "item/fileChange/requestApproval": { params: FileChangeRequestApprovalParams; result: FileChangeRequestApprovalResponse };
  /**
   * Asks the user questions of the model; the turn waits for the answers.
   */
  "item/tool/requestUserInput": { params: ToolRequestUserInputParams; result: ToolRequestUserInputResponse };
  /**
   * Asks the user on behalf of an MCP server, or for leave to call one of its tools; the thread waits with the
   * flag `waitingOnApproval`. Under the approval policy `never` nobody is asked: tools run, and elicitations are
   * declined, as they are without a client.
   */
  "mcpServer/elicitation/request": { params: McpServerElicitationRequestParams; result: McpServerElicitationRequestResponse };
  /**
   * Asks whether the model may have the permissions it wants, on its own request through the permissions tool.
   * The tool is off by default. Goes to all subscribers of the thread; the first answer counts.
   */
  "item/permissions/requestApproval": { params: PermissionsRequestApprovalParams; result: PermissionsRequestApprovalResponse };
  /**
   * Asks the client to run one of its dynamic tools. There is no time limit, but the end of the turn ends the
   * call; an error as answer, or one that cannot be read, makes the call fail and the model is told so.
   */
  "item/tool/call": { params: DynamicToolCallParams; result: DynamicToolCallResponse };
  /**
   * Asks the client for fresh ChatGPT tokens after the backend refused the old ones; only while the client
   * supplies them. An error, or no answer within 10 seconds, fails the turn.
   */
  "account/chatgptAuthTokens/refresh": { params: ChatgptAuthTokensRefreshParams; result: ChatgptAuthTokensRefreshResponse };
  /**
   * Asks the client for an attestation token before a request to the model. Only with a ChatGPT login, and of
   * clients that set `requestAttestation` when they initialized.
   */
  "attestation/generate": { params: AttestationGenerateParams; result: AttestationGenerateResponse };
  /**
   * Asks the client whether changes to files may be made; version 1 only.
   */
  "applyPatchApproval": { params: ApplyPatchApprovalParams; result: ApplyPatchApprovalResponse };
  /**
   * Asks the client whether a command may be run; version 1 only.
   */
  "execCommandApproval": { params: ExecCommandApprovalParams; result: ExecCommandApprovalResponse };
}

/**
 * What the server tells, by method.
 */
export interface ServerNotifications {
  /**
   * A turn met an error; `willRetry` tells whether it goes on.
   */
  "error": { params: ErrorNotification };
  /**
   * A thread came into being or was loaded.
   */
  "thread/started": { params: ThreadStartedNotification };
  /**
   * A thread became idle, active, broken or was unloaded.
   */
  "thread/status/changed": { params: ThreadStatusChangedNotification };
  /**
   * What of a thread is unread has changed.
   */
  "thread/readState/changed": { params: ThreadReadStateChangedNotification };
  /**
   * A thread was archived; sent to all connections.
   */
  "thread/archived": { params: ThreadArchivedNotification };
  /**
   * A thread was deleted; sent to all connections.
   */
  "thread/deleted": { params: ThreadDeletedNotification };
  /**
   * A thread was brought back from the archive; sent to all connections.
   */
  "thread/unarchived": { params: ThreadUnarchivedNotification };
  /**
   * A thread was unloaded.
   */
  "thread/closed": { params: ThreadClosedNotification };
  /**
   * The history of a thread was cut short; read it again.
   */
  "thread/reverted": { params: ThreadRevertedNotification };
  /**
   * Skill files on disk have changed and the cache was dropped; ask `skills/list` again where needed. Goes to
   * all connections, at most once in 10 seconds, and never before a thread was started.
   */
  "skills/changed": { params: SkillsChangedNotification };
  /**
   * A thread was named.
   */
  "thread/name/updated": { params: ThreadNameUpdatedNotification };
  /**
   * A thread changed its section, or its place in one. Goes to all connections.
   */
  "thread/section/changed": { params: ThreadSectionChangedNotification };
  /**
   * An attachment of a thread was created or deleted.
   */
  "thread/attachment/updated": { params: ThreadAttachmentUpdatedNotification };
  /**
   * The goal of a thread was set, or something about it changed.
   */
  "thread/goal/updated": { params: ThreadGoalUpdatedNotification };
  /**
   * A prediction that was asked for is ready or has failed.
   */
  "thread/prediction/updated": { params: ThreadPredictionUpdatedNotification };
  /**
   * A thread has no goal.
   */
  "thread/goal/cleared": { params: ThreadGoalClearedNotification };
  /**
   * The queue of a thread has changed; `thread/queue/list` shows how it is now.
   */
  "thread/queue/changed": { params: ThreadQueueChangedNotification };
  /**
   * A project was created, updated or deleted; read it again where it is shown.
   */
  "project/changed": { params: ProjectChangedNotification };
  /**
   * A thread was assigned to a project or taken out of one.
   */
  "thread/project/updated": { params: ThreadProjectUpdatedNotification };
  /**
   * The connection between a thread and one of its environments is there.
   */
  "thread/environment/connected": { params: EnvironmentConnectionNotification };
  /**
   * The connection between a thread and one of its environments was lost.
   */
  "thread/environment/disconnected": { params: EnvironmentConnectionNotification };
  /**
   * Settings that later turns of a thread use have changed.
   */
  "thread/settings/updated": { params: ThreadSettingsUpdatedNotification };
  /**
   * What a thread has used so far, after every response of the model.
   */
  "thread/tokenUsage/updated": { params: ThreadTokenUsageUpdatedNotification };
  /**
   * A turn began.
   */
  "turn/started": { params: TurnStartedNotification };
  /**
   * A hook began to run. Sent to the subscribers of the thread; asynchronous hooks are not announced.
   */
  "hook/started": { params: HookStartedNotification };
  /**
   * A turn ended, one way or another: the last word of every turn.
   */
  "turn/completed": { params: TurnCompletedNotification };
  /**
   * A hook has ended, with its result. Sent to the subscribers of the thread; asynchronous hooks are not
   * announced.
   */
  "hook/completed": { params: HookCompletedNotification };
  /**
   * The diff of all file changes of a turn is new: sent after each change of files, and again after every later
   * response of the model.
   */
  "turn/diff/updated": { params: TurnDiffUpdatedNotification };
  /**
   * The model wrote or changed its plan for the turn; the whole plan is here, and no item stands for it.
   */
  "turn/plan/updated": { params: TurnPlanUpdatedNotification };
  /**
   * An item of a turn began.
   */
  "item/started": { params: ItemStartedNotification };
  /**
   * An automatic review has begun. Unstable.
   */
  "item/autoApprovalReview/started": { params: ItemGuardianApprovalReviewStartedNotification };
  /**
   * An automatic review has ended, with a verdict or without. Unstable.
   */
  "item/autoApprovalReview/completed": { params: ItemGuardianApprovalReviewCompletedNotification };
  /**
   * A turn has come to need strict review.
   */
  "autoApprovalReview/strictReviewRequired": { params: StrictReviewRequiredNotification };
  /**
   * An item of a turn is whole; its content here is what counts.
   */
  "item/completed": { params: ItemCompletedNotification };
  /**
   * More text of a message of the agent.
   */
  "item/agentMessage/delta": { params: AgentMessageDeltaNotification };
  /**
   * More text of a plan that is being proposed. Experimental; the completed item may differ from the deltas put
   * together.
   */
  "item/plan/delta": { params: PlanDeltaNotification };
  /**
   * A command started with `streamStdoutStderr` or `tty` has printed something; sent to the connection that
   * started it only, and before the answer to `command/exec`.
   */
  "command/exec/outputDelta": { params: CommandExecOutputDeltaNotification };
  /**
   * A process with streamed output has written something; for the connection that spawned it.
   */
  "process/outputDelta": { params: ProcessOutputDeltaNotification };
  /**
   * A process has ended; for the connection that spawned it, after which the handle is free again.
   */
  "process/exited": { params: ProcessExitedNotification };
  /**
   * A running command printed something. Early output may be missing here; the `aggregatedOutput` of the
   * completed item has it.
   */
  "item/commandExecution/outputDelta": { params: CommandExecutionOutputDeltaNotification };
  /**
   * The model wrote to the input of a running command. No item of its own stands for that.
   */
  "item/commandExecution/terminalInteraction": { params: TerminalInteractionNotification };
  /**
   * Deprecated and no longer sent: text printed by a patch.
   */
  "item/fileChange/outputDelta": { params: FileChangeOutputDeltaNotification };
  /**
   * The changes of a patch are known anew.
   */
  "item/fileChange/patchUpdated": { params: FileChangePatchUpdatedNotification };
  /**
   * A request of the server is no longer open, whoever answered it.
   */
  "serverRequest/resolved": { params: ServerRequestResolvedNotification };
  /**
   * A running MCP tool call reported how far it is.
   */
  "item/mcpToolCall/progress": { params: McpToolCallProgressNotification };
  /**
   * Tells that a login started by `mcpServer/oauth/login` ended, with success or with an error, which may be
   * that nobody came back in time.
   */
  "mcpServer/oauthLogin/completed": { params: McpServerOauthLoginCompletedNotification };
  /**
   * Tells how far the start of one MCP server of a thread is; a failure ends the start of the thread only when
   * the server is configured as required.
   */
  "mcpServer/startupStatus/updated": { params: McpServerStatusUpdatedNotification };
  /**
   * An MCP server sent something on a stream that a client started.
   */
  "mcpServer/event/stream/notification": { params: McpServerEventStreamNotification };
  /**
   * The login or its plan changed; to all connections. Sent after every successful login and after every logout.
   */
  "account/updated": { params: AccountUpdatedNotification };
  /**
   * A gateway login moved on. Only the connection that asked for the login gets `authUrl`.
   */
  "account/gatewayOAuth/changed": { params: GatewayOAuthChangedNotification };
  /**
   * What the provider told of its rate limits with the last response.
   */
  "account/rateLimits/updated": { params: AccountRateLimitsUpdatedNotification };
  /**
   * The list of apps changed. While `app/list` collects, it comes after each source.
   */
  "app/list/updated": { params: AppListUpdatedNotification };
  /**
   * Whether this server can be driven from elsewhere.
   */
  "remoteControl/status/changed": { params: RemoteControlStatusChangedNotification };
  /**
   * Part of an import is done; sent for each item as it is finished.
   */
  "externalAgentConfig/import/progress": { params: ExternalAgentConfigImportProgressNotification };
  /**
   * An import has ended; carries the results of all its items.
   */
  "externalAgentConfig/import/completed": { params: ExternalAgentConfigImportCompletedNotification };
  /**
   * Something changed under a watch. It comes 200 milliseconds after the first change and then at most once
   * every 200 milliseconds, to the connection that watches only.
   */
  "fs/changed": { params: FsChangedNotification };
  /**
   * More text of a part of a reasoning summary.
   */
  "item/reasoning/summaryTextDelta": { params: ReasoningSummaryTextDeltaNotification };
  /**
   * A part of a reasoning summary began.
   */
  "item/reasoning/summaryPartAdded": { params: ReasoningSummaryPartAddedNotification };
  /**
   * More raw reasoning text.
   */
  "item/reasoning/textDelta": { params: ReasoningTextDeltaNotification };
  /**
   * Deprecated: the history of a thread was summed up; go by items of type `contextCompaction`.
   */
  "thread/compacted": { params: ContextCompactedNotification };
  /**
   * Another model than the asked one answers.
   */
  "model/rerouted": { params: ModelReroutedNotification };
  /**
   * Verifications were named for the model of a turn.
   */
  "model/verification": { params: ModelVerificationNotification };
  /**
   * Tells that, in a turn, the server has begun to repair its authentication at the model provider.
   */
  "modelProvider/authRecoveryStarted": { params: AuthRecoveryNotification };
  /**
   * Tells that such a repair, announced by `modelProvider/authRecoveryStarted`, is over.
   */
  "modelProvider/authRecoveryCompleted": { params: AuthRecoveryNotification };
  /**
   * Metadata about the moderation of a turn arrived.
   */
  "turn/moderationMetadata": { params: TurnModerationMetadataNotification };
  /**
   * The state of safety buffering of a turn changed: for which model, why, and whether to show it.
   */
  "model/safetyBuffering/updated": { params: ModelSafetyBufferingUpdatedNotification };
  /**
   * Something a person should know; nothing has failed.
   */
  "warning": { params: WarningNotification };
  /**
   * The automatic reviewer has a warning for the user of a thread.
   */
  "guardianWarning": { params: GuardianWarningNotification };
  /**
   * The client uses something that will go away.
   */
  "deprecationNotice": { params: DeprecationNoticeNotification };
  /**
   * Something is wrong with the configuration; the server goes on.
   */
  "configWarning": { params: ConfigWarningNotification };
  /**
   * A session has results for its query. The first ones may be empty although more come; an empty query gets
   * exactly one, without files.
   */
  "fuzzyFileSearch/sessionUpdated": { params: FuzzyFileSearchSessionUpdatedNotification };
  /**
   * The search for the query of a session is done. It comes once per query.
   */
  "fuzzyFileSearch/sessionCompleted": { params: FuzzyFileSearchSessionCompletedNotification };
  /**
   * A realtime session runs.
   */
  "thread/realtime/started": { params: ThreadRealtimeStartedNotification };
  /**
   * The realtime service sent something that has no notification of its own; it is passed on as it is.
   */
  "thread/realtime/itemAdded": { params: ThreadRealtimeItemAddedNotification };
  /**
   * An item of the realtime timeline has begun; its text follows in pieces.
   */
  "thread/realtime/item/started": { params: ThreadRealtimeItemStartedNotification };
  /**
   * A running transcript item has grown by a piece of text.
   */
  "thread/realtime/item/transcript/delta": { params: ThreadRealtimeItemTranscriptDeltaNotification };
  /**
   * An item of the realtime timeline is complete and stored.
   */
  "thread/realtime/item/completed": { params: ThreadRealtimeItemCompletedNotification };
  /**
   * The transcript has grown by a piece of text, told without items.
   */
  "thread/realtime/transcript/delta": { params: ThreadRealtimeTranscriptDeltaNotification };
  /**
   * A part of the transcript is complete, told without items.
   */
  "thread/realtime/transcript/done": { params: ThreadRealtimeTranscriptDoneNotification };
  /**
   * The realtime model said something: the next piece of audio to play.
   */
  "thread/realtime/outputAudio/delta": { params: ThreadRealtimeOutputAudioDeltaNotification };
  /**
   * The remote SDP of a WebRTC session has come; the client needs it to finish the connection.
   */
  "thread/realtime/sdp": { params: ThreadRealtimeSdpNotification };
  /**
   * Something went wrong in a realtime session, or when starting one.
   */
  "thread/realtime/error": { params: ThreadRealtimeErrorNotification };
  /**
   * A realtime session has ended.
   */
  "thread/realtime/closed": { params: ThreadRealtimeClosedNotification };
  /**
   * Folders that everyone may write to were found on Windows.
   */
  "windows/worldWritableWarning": { params: WindowsWorldWritableWarningNotification };
  /**
   * A setup that `windowsSandbox/setupStart` began has ended, well or not.
   */
  "windowsSandbox/setupCompleted": { params: WindowsSandboxSetupCompletedNotification };
  /**
   * A login ended, well or not; to all connections. After a good one `account/updated` follows.
   */
  "account/login/completed": { params: AccountLoginCompletedNotification };
}

/**
 * What a client tells, by method.
 */
export interface ClientNotifications {
  /**
   * The client has read the answer to `initialize`. Clients may leave it out.
   */
  "initialized": { params?: null };
}
