// Generated from the protocol crate; do not edit.

import type { AccountLoginCompletedNotification } from "./v2/AccountLoginCompletedNotification";
import type { AccountRateLimitsUpdatedNotification } from "./v2/AccountRateLimitsUpdatedNotification";
import type { AccountSessionsListParams } from "./v2/AccountSessionsListParams";
import type { AccountSessionsResponse } from "./v2/AccountSessionsResponse";
import type { AccountSessionsSwitchParams } from "./v2/AccountSessionsSwitchParams";
import type { AccountSessionsSwitchResponse } from "./v2/AccountSessionsSwitchResponse";
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
import type { BedrockCheckGovCloudRequirementsParams } from "./v2/BedrockCheckGovCloudRequirementsParams";
import type { BedrockCheckGovCloudRequirementsResponse } from "./v2/BedrockCheckGovCloudRequirementsResponse";
import type { BedrockDiscoverParams } from "./v2/BedrockDiscoverParams";
import type { BedrockDiscoverResponse } from "./v2/BedrockDiscoverResponse";
import type { BedrockSetupParams } from "./v2/BedrockSetupParams";
import type { BedrockSetupResponse } from "./v2/BedrockSetupResponse";
import type { CancelLoginAccountParams } from "./v2/CancelLoginAccountParams";
import type { CancelLoginAccountResponse } from "./v2/CancelLoginAccountResponse";
import type { ChatgptAuthTokensRefreshParams } from "./v2/ChatgptAuthTokensRefreshParams";
import type { ChatgptAuthTokensRefreshResponse } from "./v2/ChatgptAuthTokensRefreshResponse";
import type { CollaborationModeListParams } from "./v2/CollaborationModeListParams";
import type { CollaborationModeListResponse } from "./v2/CollaborationModeListResponse";
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
import type { CurrentTimeReadParams } from "./v2/CurrentTimeReadParams";
import type { CurrentTimeReadResponse } from "./v2/CurrentTimeReadResponse";
import type { DeprecationNoticeNotification } from "./v2/DeprecationNoticeNotification";
import type { DynamicToolCallParams } from "./v2/DynamicToolCallParams";
import type { DynamicToolCallResponse } from "./v2/DynamicToolCallResponse";
import type { EnvironmentAddParams } from "./v2/EnvironmentAddParams";
import type { EnvironmentAddResponse } from "./v2/EnvironmentAddResponse";
import type { EnvironmentConnectionNotification } from "./v2/EnvironmentConnectionNotification";
import type { EnvironmentInfoParams } from "./v2/EnvironmentInfoParams";
import type { EnvironmentInfoResponse } from "./v2/EnvironmentInfoResponse";
import type { EnvironmentStatusParams } from "./v2/EnvironmentStatusParams";
import type { EnvironmentStatusResponse } from "./v2/EnvironmentStatusResponse";
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
import type { FuzzyFileSearchSessionStartParams } from "./FuzzyFileSearchSessionStartParams";
import type { FuzzyFileSearchSessionStartResponse } from "./FuzzyFileSearchSessionStartResponse";
import type { FuzzyFileSearchSessionStopParams } from "./FuzzyFileSearchSessionStopParams";
import type { FuzzyFileSearchSessionStopResponse } from "./FuzzyFileSearchSessionStopResponse";
import type { FuzzyFileSearchSessionUpdateParams } from "./FuzzyFileSearchSessionUpdateParams";
import type { FuzzyFileSearchSessionUpdateResponse } from "./FuzzyFileSearchSessionUpdateResponse";
import type { FuzzyFileSearchSessionUpdatedNotification } from "./FuzzyFileSearchSessionUpdatedNotification";
import type { GatewayOAuthCancelResponse } from "./v2/GatewayOAuthCancelResponse";
import type { GatewayOAuthChangedNotification } from "./v2/GatewayOAuthChangedNotification";
import type { GatewayOAuthLoginParams } from "./v2/GatewayOAuthLoginParams";
import type { GatewayOAuthLoginResponse } from "./v2/GatewayOAuthLoginResponse";
import type { GatewayOAuthReadParams } from "./v2/GatewayOAuthReadParams";
import type { GatewayOAuthReadResponse } from "./v2/GatewayOAuthReadResponse";
import type { GcpSetupParams } from "./v2/GcpSetupParams";
import type { GcpSetupResponse } from "./v2/GcpSetupResponse";
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
import type { McpServerEventStreamStartParams } from "./v2/McpServerEventStreamStartParams";
import type { McpServerEventStreamStartResponse } from "./v2/McpServerEventStreamStartResponse";
import type { McpServerEventStreamStopParams } from "./v2/McpServerEventStreamStopParams";
import type { McpServerEventStreamStopResponse } from "./v2/McpServerEventStreamStopResponse";
import type { McpServerOauthLoginCompletedNotification } from "./v2/McpServerOauthLoginCompletedNotification";
import type { McpServerOauthLoginParams } from "./v2/McpServerOauthLoginParams";
import type { McpServerOauthLoginResponse } from "./v2/McpServerOauthLoginResponse";
import type { McpServerRefreshResponse } from "./v2/McpServerRefreshResponse";
import type { McpServerStatusUpdatedNotification } from "./v2/McpServerStatusUpdatedNotification";
import type { McpServerToolCallParams } from "./v2/McpServerToolCallParams";
import type { McpServerToolCallResponse } from "./v2/McpServerToolCallResponse";
import type { McpToolCallProgressNotification } from "./v2/McpToolCallProgressNotification";
import type { MemoryResetResponse } from "./v2/MemoryResetResponse";
import type { MemoryStatusParams } from "./v2/MemoryStatusParams";
import type { MemoryStatusResponse } from "./v2/MemoryStatusResponse";
import type { MockExperimentalMethodParams } from "./v2/MockExperimentalMethodParams";
import type { MockExperimentalMethodResponse } from "./v2/MockExperimentalMethodResponse";
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
import type { PluginSearchParams } from "./v2/PluginSearchParams";
import type { PluginSearchResponse } from "./v2/PluginSearchResponse";
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
import type { ProcessKillParams } from "./v2/ProcessKillParams";
import type { ProcessKillResponse } from "./v2/ProcessKillResponse";
import type { ProcessOutputDeltaNotification } from "./v2/ProcessOutputDeltaNotification";
import type { ProcessResizePtyParams } from "./v2/ProcessResizePtyParams";
import type { ProcessResizePtyResponse } from "./v2/ProcessResizePtyResponse";
import type { ProcessSpawnParams } from "./v2/ProcessSpawnParams";
import type { ProcessSpawnResponse } from "./v2/ProcessSpawnResponse";
import type { ProcessWriteStdinParams } from "./v2/ProcessWriteStdinParams";
import type { ProcessWriteStdinResponse } from "./v2/ProcessWriteStdinResponse";
import type { ProjectChangedNotification } from "./v2/ProjectChangedNotification";
import type { ProjectCreateParams } from "./v2/ProjectCreateParams";
import type { ProjectCreateResponse } from "./v2/ProjectCreateResponse";
import type { ProjectDeleteParams } from "./v2/ProjectDeleteParams";
import type { ProjectDeleteResponse } from "./v2/ProjectDeleteResponse";
import type { ProjectImportParams } from "./v2/ProjectImportParams";
import type { ProjectImportResponse } from "./v2/ProjectImportResponse";
import type { ProjectListParams } from "./v2/ProjectListParams";
import type { ProjectListResponse } from "./v2/ProjectListResponse";
import type { ProjectMoveParams } from "./v2/ProjectMoveParams";
import type { ProjectMoveResponse } from "./v2/ProjectMoveResponse";
import type { ProjectReadParams } from "./v2/ProjectReadParams";
import type { ProjectReadResponse } from "./v2/ProjectReadResponse";
import type { ProjectUpdateParams } from "./v2/ProjectUpdateParams";
import type { ProjectUpdateResponse } from "./v2/ProjectUpdateResponse";
import type { ReasoningSummaryPartAddedNotification } from "./v2/ReasoningSummaryPartAddedNotification";
import type { ReasoningSummaryTextDeltaNotification } from "./v2/ReasoningSummaryTextDeltaNotification";
import type { ReasoningTextDeltaNotification } from "./v2/ReasoningTextDeltaNotification";
import type { RemoteControlClientsListParams } from "./v2/RemoteControlClientsListParams";
import type { RemoteControlClientsListResponse } from "./v2/RemoteControlClientsListResponse";
import type { RemoteControlClientsRevokeParams } from "./v2/RemoteControlClientsRevokeParams";
import type { RemoteControlClientsRevokeResponse } from "./v2/RemoteControlClientsRevokeResponse";
import type { RemoteControlDisableParams } from "./v2/RemoteControlDisableParams";
import type { RemoteControlDisableResponse } from "./v2/RemoteControlDisableResponse";
import type { RemoteControlEnableParams } from "./v2/RemoteControlEnableParams";
import type { RemoteControlEnableResponse } from "./v2/RemoteControlEnableResponse";
import type { RemoteControlPairingStartParams } from "./v2/RemoteControlPairingStartParams";
import type { RemoteControlPairingStartResponse } from "./v2/RemoteControlPairingStartResponse";
import type { RemoteControlPairingStatusParams } from "./v2/RemoteControlPairingStatusParams";
import type { RemoteControlPairingStatusResponse } from "./v2/RemoteControlPairingStatusResponse";
import type { RemoteControlStatusChangedNotification } from "./v2/RemoteControlStatusChangedNotification";
import type { RemoteControlStatusReadResponse } from "./v2/RemoteControlStatusReadResponse";
import type { ReviewStartParams } from "./v2/ReviewStartParams";
import type { ReviewStartResponse } from "./v2/ReviewStartResponse";
import type { RolloutCompressResponse } from "./v2/RolloutCompressResponse";
import type { SendAddCreditsNudgeEmailParams } from "./v2/SendAddCreditsNudgeEmailParams";
import type { SendAddCreditsNudgeEmailResponse } from "./v2/SendAddCreditsNudgeEmailResponse";
import type { ServerDiagnosticsParams } from "./v2/ServerDiagnosticsParams";
import type { ServerDiagnosticsResponse } from "./v2/ServerDiagnosticsResponse";
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
import type { ThreadBackgroundTerminalsCleanParams } from "./v2/ThreadBackgroundTerminalsCleanParams";
import type { ThreadBackgroundTerminalsCleanResponse } from "./v2/ThreadBackgroundTerminalsCleanResponse";
import type { ThreadBackgroundTerminalsListParams } from "./v2/ThreadBackgroundTerminalsListParams";
import type { ThreadBackgroundTerminalsListResponse } from "./v2/ThreadBackgroundTerminalsListResponse";
import type { ThreadBackgroundTerminalsTerminateParams } from "./v2/ThreadBackgroundTerminalsTerminateParams";
import type { ThreadBackgroundTerminalsTerminateResponse } from "./v2/ThreadBackgroundTerminalsTerminateResponse";
import type { ThreadClosedNotification } from "./v2/ThreadClosedNotification";
import type { ThreadCompactStartParams } from "./v2/ThreadCompactStartParams";
import type { ThreadCompactStartResponse } from "./v2/ThreadCompactStartResponse";
import type { ThreadDecrementElicitationParams } from "./v2/ThreadDecrementElicitationParams";
import type { ThreadDecrementElicitationResponse } from "./v2/ThreadDecrementElicitationResponse";
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
import type { ThreadGuardianReviewParams } from "./v2/ThreadGuardianReviewParams";
import type { ThreadGuardianReviewResponse } from "./v2/ThreadGuardianReviewResponse";
import type { ThreadIncrementElicitationParams } from "./v2/ThreadIncrementElicitationParams";
import type { ThreadIncrementElicitationResponse } from "./v2/ThreadIncrementElicitationResponse";
import type { ThreadInjectItemsParams } from "./v2/ThreadInjectItemsParams";
import type { ThreadInjectItemsResponse } from "./v2/ThreadInjectItemsResponse";
import type { ThreadItemsListParams } from "./v2/ThreadItemsListParams";
import type { ThreadItemsListResponse } from "./v2/ThreadItemsListResponse";
import type { ThreadItemsReadParams } from "./v2/ThreadItemsReadParams";
import type { ThreadItemsReadResponse } from "./v2/ThreadItemsReadResponse";
import type { ThreadListParams } from "./v2/ThreadListParams";
import type { ThreadListResponse } from "./v2/ThreadListResponse";
import type { ThreadLoadedListParams } from "./v2/ThreadLoadedListParams";
import type { ThreadLoadedListResponse } from "./v2/ThreadLoadedListResponse";
import type { ThreadMemoryModeSetParams } from "./v2/ThreadMemoryModeSetParams";
import type { ThreadMemoryModeSetResponse } from "./v2/ThreadMemoryModeSetResponse";
import type { ThreadMemoryReadParams } from "./v2/ThreadMemoryReadParams";
import type { ThreadMemoryReadResponse } from "./v2/ThreadMemoryReadResponse";
import type { ThreadMetadataUpdateParams } from "./v2/ThreadMetadataUpdateParams";
import type { ThreadMetadataUpdateResponse } from "./v2/ThreadMetadataUpdateResponse";
import type { ThreadNameUpdatedNotification } from "./v2/ThreadNameUpdatedNotification";
import type { ThreadPredictionRequestParams } from "./v2/ThreadPredictionRequestParams";
import type { ThreadPredictionRequestResponse } from "./v2/ThreadPredictionRequestResponse";
import type { ThreadPredictionUpdatedNotification } from "./v2/ThreadPredictionUpdatedNotification";
import type { ThreadPrepareApprovedPlanParams } from "./v2/ThreadPrepareApprovedPlanParams";
import type { ThreadPrepareApprovedPlanResponse } from "./v2/ThreadPrepareApprovedPlanResponse";
import type { ThreadProjectUpdatedNotification } from "./v2/ThreadProjectUpdatedNotification";
import type { ThreadQueueAddParams } from "./v2/ThreadQueueAddParams";
import type { ThreadQueueAddResponse } from "./v2/ThreadQueueAddResponse";
import type { ThreadQueueChangedNotification } from "./v2/ThreadQueueChangedNotification";
import type { ThreadQueueDeleteParams } from "./v2/ThreadQueueDeleteParams";
import type { ThreadQueueDeleteResponse } from "./v2/ThreadQueueDeleteResponse";
import type { ThreadQueueListParams } from "./v2/ThreadQueueListParams";
import type { ThreadQueueListResponse } from "./v2/ThreadQueueListResponse";
import type { ThreadQueueReorderParams } from "./v2/ThreadQueueReorderParams";
import type { ThreadQueueReorderResponse } from "./v2/ThreadQueueReorderResponse";
import type { ThreadQueueStartParams } from "./v2/ThreadQueueStartParams";
import type { ThreadQueueStartResponse } from "./v2/ThreadQueueStartResponse";
import type { ThreadQueueUpdateParams } from "./v2/ThreadQueueUpdateParams";
import type { ThreadQueueUpdateResponse } from "./v2/ThreadQueueUpdateResponse";
import type { ThreadReadParams } from "./v2/ThreadReadParams";
import type { ThreadReadResponse } from "./v2/ThreadReadResponse";
import type { ThreadReadStateChangedNotification } from "./v2/ThreadReadStateChangedNotification";
import type { ThreadReadStateUpdateParams } from "./v2/ThreadReadStateUpdateParams";
import type { ThreadReadStateUpdateResponse } from "./v2/ThreadReadStateUpdateResponse";
import type { ThreadRealtimeAppendAudioParams } from "./v2/ThreadRealtimeAppendAudioParams";
import type { ThreadRealtimeAppendAudioResponse } from "./v2/ThreadRealtimeAppendAudioResponse";
import type { ThreadRealtimeAppendSpeechParams } from "./v2/ThreadRealtimeAppendSpeechParams";
import type { ThreadRealtimeAppendSpeechResponse } from "./v2/ThreadRealtimeAppendSpeechResponse";
import type { ThreadRealtimeAppendTextParams } from "./v2/ThreadRealtimeAppendTextParams";
import type { ThreadRealtimeAppendTextResponse } from "./v2/ThreadRealtimeAppendTextResponse";
import type { ThreadRealtimeClosedNotification } from "./v2/ThreadRealtimeClosedNotification";
import type { ThreadRealtimeErrorNotification } from "./v2/ThreadRealtimeErrorNotification";
import type { ThreadRealtimeItemAddedNotification } from "./v2/ThreadRealtimeItemAddedNotification";
import type { ThreadRealtimeItemCompletedNotification } from "./v2/ThreadRealtimeItemCompletedNotification";
import type { ThreadRealtimeItemStartedNotification } from "./v2/ThreadRealtimeItemStartedNotification";
import type { ThreadRealtimeItemTranscriptDeltaNotification } from "./v2/ThreadRealtimeItemTranscriptDeltaNotification";
import type { ThreadRealtimeListVoicesParams } from "./v2/ThreadRealtimeListVoicesParams";
import type { ThreadRealtimeListVoicesResponse } from "./v2/ThreadRealtimeListVoicesResponse";
import type { ThreadRealtimeOutputAudioDeltaNotification } from "./v2/ThreadRealtimeOutputAudioDeltaNotification";
import type { ThreadRealtimeSdpNotification } from "./v2/ThreadRealtimeSdpNotification";
import type { ThreadRealtimeStartParams } from "./v2/ThreadRealtimeStartParams";
import type { ThreadRealtimeStartResponse } from "./v2/ThreadRealtimeStartResponse";
import type { ThreadRealtimeStartedNotification } from "./v2/ThreadRealtimeStartedNotification";
import type { ThreadRealtimeStopParams } from "./v2/ThreadRealtimeStopParams";
import type { ThreadRealtimeStopResponse } from "./v2/ThreadRealtimeStopResponse";
import type { ThreadRealtimeTranscriptDeltaNotification } from "./v2/ThreadRealtimeTranscriptDeltaNotification";
import type { ThreadRealtimeTranscriptDoneNotification } from "./v2/ThreadRealtimeTranscriptDoneNotification";
import type { ThreadResumeParams } from "./v2/ThreadResumeParams";
import type { ThreadResumeResponse } from "./v2/ThreadResumeResponse";
import type { ThreadRevertParams } from "./v2/ThreadRevertParams";
import type { ThreadRevertResponse } from "./v2/ThreadRevertResponse";
import type { ThreadRevertedNotification } from "./v2/ThreadRevertedNotification";
import type { ThreadSampleCancelParams } from "./v2/ThreadSampleCancelParams";
import type { ThreadSampleCancelResponse } from "./v2/ThreadSampleCancelResponse";
import type { ThreadSampleParams } from "./v2/ThreadSampleParams";
import type { ThreadSampleResponse } from "./v2/ThreadSampleResponse";
import type { ThreadSearchOccurrencesParams } from "./v2/ThreadSearchOccurrencesParams";
import type { ThreadSearchOccurrencesResponse } from "./v2/ThreadSearchOccurrencesResponse";
import type { ThreadSearchParams } from "./v2/ThreadSearchParams";
import type { ThreadSearchResponse } from "./v2/ThreadSearchResponse";
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
import type { ThreadSettingsUpdateParams } from "./v2/ThreadSettingsUpdateParams";
import type { ThreadSettingsUpdateResponse } from "./v2/ThreadSettingsUpdateResponse";
import type { ThreadSettingsUpdatedNotification } from "./v2/ThreadSettingsUpdatedNotification";
import type { ThreadShellCommandParams } from "./v2/ThreadShellCommandParams";
import type { ThreadShellCommandResponse } from "./v2/ThreadShellCommandResponse";
import type { ThreadStartParams } from "./v2/ThreadStartParams";
import type { ThreadStartResponse } from "./v2/ThreadStartResponse";
import type { ThreadStartedNotification } from "./v2/ThreadStartedNotification";
import type { ThreadStatusChangedNotification } from "./v2/ThreadStatusChangedNotification";
import type { ThreadTimelineListParams } from "./v2/ThreadTimelineListParams";
import type { ThreadTimelineListResponse } from "./v2/ThreadTimelineListResponse";
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
import type { TurnSettingsUpdateParams } from "./v2/TurnSettingsUpdateParams";
import type { TurnSettingsUpdateResponse } from "./v2/TurnSettingsUpdateResponse";
import type { TurnStartParams } from "./v2/TurnStartParams";
import type { TurnStartResponse } from "./v2/TurnStartResponse";
import type { TurnStartedNotification } from "./v2/TurnStartedNotification";
import type { TurnSteerParams } from "./v2/TurnSteerParams";
import type { TurnSteerResponse } from "./v2/TurnSteerResponse";
import type { UserVerificationCancelParams } from "./v2/UserVerificationCancelParams";
import type { UserVerificationCancelResponse } from "./v2/UserVerificationCancelResponse";
import type { UserVerificationDeleteParams } from "./v2/UserVerificationDeleteParams";
import type { UserVerificationDeleteResponse } from "./v2/UserVerificationDeleteResponse";
import type { UserVerificationEnrollParams } from "./v2/UserVerificationEnrollParams";
import type { UserVerificationEnrollResponse } from "./v2/UserVerificationEnrollResponse";
import type { UserVerificationStatusParams } from "./v2/UserVerificationStatusParams";
import type { UserVerificationStatusResponse } from "./v2/UserVerificationStatusResponse";
import type { UserVerificationVerifyParams } from "./v2/UserVerificationVerifyParams";
import type { UserVerificationVerifyResponse } from "./v2/UserVerificationVerifyResponse";
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
   * Reads the memory use of the server process and a few counters of its load. Experimental.
   */
  "server/diagnostics": { params: ServerDiagnosticsParams; result: ServerDiagnosticsResponse };
  /**
   * Tells whether a local credential is ready. Shows nothing to the user and asks no backend.
   */
  "userVerification/status": { params: UserVerificationStatusParams; result: UserVerificationStatusResponse };
  /**
   * Creates the local credential, or takes the one that exists, and answers its public part. Registering that
   * with a backend is up to the caller. Without a keystore it fails with -32603.
   */
  "userVerification/enroll": { params: UserVerificationEnrollParams; result: UserVerificationEnrollResponse };
  /**
   * Deletes the local credential. Without a keystore it fails with -32603.
   */
  "userVerification/delete": { params: UserVerificationDeleteParams; result: UserVerificationDeleteResponse };
  /**
   * Has the user confirm and signs a challenge with the local credential; needs no open elicitation. Without a
   * keystore it fails with -32603.
   */
  "userVerification/verify": { params: UserVerificationVerifyParams; result: UserVerificationVerifyResponse };
  /**
   * Cancels an earlier request of this group on the same connection. What is finished stays done, and an id that
   * names nothing open changes nothing.
   */
  "userVerification/cancel": { params: UserVerificationCancelParams; result: UserVerificationCancelResponse };
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
   * Sends a prompt to the model with the context of a loaded thread, and answers with what came back.
   * `thread/sample/cancel` stops it.
   */
  "thread/sample": { params: ThreadSampleParams; result: ThreadSampleResponse };
  /**
   * Cancels a running `thread/sample`.
   */
  "thread/sample/cancel": { params: ThreadSampleCancelParams; result: ThreadSampleCancelResponse };
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
   * Counts one more question to the user that is open outside this protocol, which pauses the timeouts of the
   * thread.
   */
  "thread/increment_elicitation": { params: ThreadIncrementElicitationParams; result: ThreadIncrementElicitationResponse };
  /**
   * Counts one open question less; at zero the timeouts of the thread run again. Refused when the counter is
   * zero already.
   */
  "thread/decrement_elicitation": { params: ThreadDecrementElicitationParams; result: ThreadDecrementElicitationResponse };
  /**
   * Names a thread.
   */
  "thread/name/set": { params: ThreadSetNameParams; result: ThreadSetNameResponse };
  /**
   * Asks for a prediction that builds on a turn; the result comes as `thread/prediction/updated`.
   */
  "thread/prediction/request": { params: ThreadPredictionRequestParams; result: ThreadPredictionRequestResponse };
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
   * Puts an input at the end of the queue of a thread.
   */
  "thread/queue/add": { params: ThreadQueueAddParams; result: ThreadQueueAddResponse };
  /**
   * Lists the inputs that wait, in the order of the queue, page by page.
   */
  "thread/queue/list": { params: ThreadQueueListParams; result: ThreadQueueListResponse };
  /**
   * Replaces the content of an input that waits.
   */
  "thread/queue/update": { params: ThreadQueueUpdateParams; result: ThreadQueueUpdateResponse };
  /**
   * Takes an input out of the queue.
   */
  "thread/queue/delete": { params: ThreadQueueDeleteParams; result: ThreadQueueDeleteResponse };
  /**
   * Puts the queue of a thread into another order.
   */
  "thread/queue/reorder": { params: ThreadQueueReorderParams; result: ThreadQueueReorderResponse };
  /**
   * Takes an input out of the queue and starts a turn with it.
   */
  "thread/queue/start": { params: ThreadQueueStartParams; result: ThreadQueueStartResponse };
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
   * Changes what later turns of a thread run with; `thread/settings/updated` follows only when something
   * changed.
   */
  "thread/settings/update": { params: ThreadSettingsUpdateParams; result: ThreadSettingsUpdateResponse };
  /**
   * Switches memories on or off for one thread.
   */
  "thread/memoryMode/set": { params: ThreadMemoryModeSetParams; result: ThreadMemoryModeSetResponse };
  /**
   * Reads the memory summary that a thread uses; the thread has to be loaded.
   */
  "thread/memory/read": { params: ThreadMemoryReadParams; result: ThreadMemoryReadResponse };
  /**
   * Tells how many threads the second version of the memories covers, and whether it is ready.
   */
  "memory/status": { params: MemoryStatusParams; result: MemoryStatusResponse };
  /**
   * Forgets all stored memories. Takes no params.
   */
  "memory/reset": { params?: null; result: MemoryResetResponse };
  /**
   * Starts to compress the files of stored threads in the background and answers at once. Takes no params.
   */
  "rollout/compress": { params?: null; result: RolloutCompressResponse };
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
   * Stops all background terminals of a thread.
   */
  "thread/backgroundTerminals/clean": { params: ThreadBackgroundTerminalsCleanParams; result: ThreadBackgroundTerminalsCleanResponse };
  /**
   * Lists the background terminals of a thread, page by page.
   */
  "thread/backgroundTerminals/list": { params: ThreadBackgroundTerminalsListParams; result: ThreadBackgroundTerminalsListResponse };
  /**
   * Stops one background terminal of a thread.
   */
  "thread/backgroundTerminals/terminate": { params: ThreadBackgroundTerminalsTerminateParams; result: ThreadBackgroundTerminalsTerminateResponse };
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
   * Lists projects page by page, in the user's order unless asked otherwise.
   */
  "project/list": { params: ProjectListParams; result: ProjectListResponse };
  /**
   * Reads one project.
   */
  "project/read": { params: ProjectReadParams; result: ProjectReadResponse };
  /**
   * Creates a project.
   */
  "project/create": { params: ProjectCreateParams; result: ProjectCreateResponse };
  /**
   * Creates a project and assigns existing threads to it.
   */
  "project/import": { params: ProjectImportParams; result: ProjectImportResponse };
  /**
   * Changes the name, folders or metadata of a project.
   */
  "project/update": { params: ProjectUpdateParams; result: ProjectUpdateResponse };
  /**
   * Moves a project to another place in the order.
   */
  "project/move": { params: ProjectMoveParams; result: ProjectMoveResponse };
  /**
   * Deletes a project.
   */
  "project/delete": { params: ProjectDeleteParams; result: ProjectDeleteResponse };
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
   * Searches the stored threads for a text and lists the matching ones, page by page, newest first unless told
   * otherwise.
   */
  "thread/search": { params: ThreadSearchParams; result: ThreadSearchResponse };
  /**
   * Finds every place where the visible messages of one thread hold a text, oldest message first, page by page.
   * The thread must have paginated history.
   */
  "thread/searchOccurrences": { params: ThreadSearchOccurrencesParams; result: ThreadSearchOccurrencesResponse };
  /**
   * Lists the ids of the threads that are in memory.
   */
  "thread/loaded/list": { params: ThreadLoadedListParams; result: ThreadLoadedListResponse };
  /**
   * Reads one thread without subscribing to it, with its turns when asked for.
   */
  "thread/read": { params: ThreadReadParams; result: ThreadReadResponse };
  /**
   * Marks a thread as read or unread; refused when the state has changed since the revision that is named.
   */
  "thread/readState/update": { params: ThreadReadStateUpdateParams; result: ThreadReadStateUpdateResponse };
  /**
   * Lists the turns of a thread, newest first unless asked otherwise, page by page.
   */
  "thread/turns/list": { params: ThreadTurnsListParams; result: ThreadTurnsListResponse };
  /**
   * Lists the items of a thread or of one of its turns, oldest first unless asked otherwise, page by page.
   */
  "thread/items/list": { params: ThreadItemsListParams; result: ThreadItemsListResponse };
  /**
   * Reads some stored items of one turn by their ids, with the output that a list may have left out.
   */
  "thread/items/read": { params: ThreadItemsReadParams; result: ThreadItemsReadResponse };
  /**
   * Has the automatic reviewer assess a thread's action, and makes the caller a subscriber of the thread. The
   * subscription outlasts the review: it keeps the thread loaded until `thread/unsubscribe` or the end of the
   * connection.
   */
  "thread/guardianReview": { params: ThreadGuardianReviewParams; result: ThreadGuardianReviewResponse };
  /**
   * Adds items to what the model sees of a thread, without starting a turn.
   */
  "thread/inject_items": { params: ThreadInjectItemsParams; result: ThreadInjectItemsResponse };
  /**
   * Gets a fresh thread ready to carry out a plan that was approved, and answers with the prompt for its first
   * turn.
   */
  "thread/prepareApprovedPlan": { params: ThreadPrepareApprovedPlanParams; result: ThreadPrepareApprovedPlanResponse };
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
   * Searches plugins by a term, page by page. Without a ChatGPT login nothing is found; a backend that fails
   * gives -32600.
   */
  "plugin/search": { params: PluginSearchParams; result: PluginSearchResponse };
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
   * Changes what the running turn works with from its next step on; later turns keep the settings of the thread.
   * The answer says whether the turn was still there.
   */
  "turn/settings/update": { params: TurnSettingsUpdateParams; result: TurnSettingsUpdateResponse };
  /**
   * Adds input to the running turn.
   */
  "turn/steer": { params: TurnSteerParams; result: TurnSteerResponse };
  /**
   * Ends the running turn as interrupted.
   */
  "turn/interrupt": { params: TurnInterruptParams; result: TurnInterruptResponse };
  /**
   * Starts a realtime session for a thread. The answer comes at once; `thread/realtime/started` tells that it
   * runs, `thread/realtime/error` that it failed.
   */
  "thread/realtime/start": { params: ThreadRealtimeStartParams; result: ThreadRealtimeStartResponse };
  /**
   * Sends a piece of audio to the realtime session. Without a session an `error` notification tells so.
   */
  "thread/realtime/appendAudio": { params: ThreadRealtimeAppendAudioParams; result: ThreadRealtimeAppendAudioResponse };
  /**
   * Sends a text to the realtime session, in the role that is given. Without a session an `error` notification
   * tells so.
   */
  "thread/realtime/appendText": { params: ThreadRealtimeAppendTextParams; result: ThreadRealtimeAppendTextResponse };
  /**
   * Sends a text to the realtime session that is to be spoken. Without a session an `error` notification tells
   * so.
   */
  "thread/realtime/appendSpeech": { params: ThreadRealtimeAppendSpeechParams; result: ThreadRealtimeAppendSpeechResponse };
  /**
   * Ends the realtime session of a thread; `thread/realtime/closed` follows, with the reason `requested`.
   */
  "thread/realtime/stop": { params: ThreadRealtimeStopParams; result: ThreadRealtimeStopResponse };
  /**
   * Lists the history of a thread, ordinary and realtime, page by page in the order of its rollout.
   */
  "thread/timeline/list": { params: ThreadTimelineListParams; result: ThreadTimelineListResponse };
  /**
   * Lists the voices for each version of the realtime protocol; the lists are fixed.
   */
  "thread/realtime/listVoices": { params: ThreadRealtimeListVoicesParams; result: ThreadRealtimeListVoicesResponse };
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
   * Turns remote control on and answers with the status; refused without a ChatGPT login.
   */
  "remoteControl/enable": { params?: RemoteControlEnableParams | null; result: RemoteControlEnableResponse };
  /**
   * Turns remote control off and answers with the status.
   */
  "remoteControl/disable": { params?: RemoteControlDisableParams | null; result: RemoteControlDisableResponse };
  /**
   * Reads whether remote control is on and connected; takes no params and works without a login.
   */
  "remoteControl/status/read": { params?: null; result: RemoteControlStatusReadResponse };
  /**
   * Starts the pairing of another device and answers with the code for it; refused while remote control is off.
   */
  "remoteControl/pairing/start": { params: RemoteControlPairingStartParams; result: RemoteControlPairingStartResponse };
  /**
   * Tells whether a pairing code was claimed; refused without either kind of code.
   */
  "remoteControl/pairing/status": { params: RemoteControlPairingStatusParams; result: RemoteControlPairingStatusResponse };
  /**
   * Lists the devices paired with an environment, page by page.
   */
  "remoteControl/client/list": { params: RemoteControlClientsListParams; result: RemoteControlClientsListResponse };
  /**
   * Takes the access away from a paired device.
   */
  "remoteControl/client/revoke": { params: RemoteControlClientsRevokeParams; result: RemoteControlClientsRevokeResponse };
  /**
   * Lists the ways in which the agent can work with the user.
   */
  "collaborationMode/list": { params: CollaborationModeListParams; result: CollaborationModeListResponse };
  /**
   * Echoes its value: for testing the experimental gate.
   */
  "mock/experimentalMethod": { params: MockExperimentalMethodParams; result: MockExperimentalMethodResponse };
  /**
   * Makes a remote exec-server known under an id, without connecting to it yet. Refused for an empty id and for
   * `local`, which is reserved. Experimental.
   */
  "environment/add": { params: EnvironmentAddParams; result: EnvironmentAddResponse };
  /**
   * Asks an environment for its shell and its default working directory, connecting to it where needed. An id
   * that is not configured is refused; an environment that cannot be reached is an internal error. Experimental.
   */
  "environment/info": { params: EnvironmentInfoParams; result: EnvironmentInfoResponse };
  /**
   * Tells whether an environment is reachable, without starting, connecting or repairing anything. An id that is
   * not configured is an answer (`unknown`), not an error. Experimental.
   */
  "environment/status": { params: EnvironmentStatusParams; result: EnvironmentStatusResponse };
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
   * Starts a stream of events of an MCP server of a thread; they come as `mcpServer/event/stream/notification`.
   */
  "mcpServer/event/stream/start": { params: McpServerEventStreamStartParams; result: McpServerEventStreamStartResponse };
  /**
   * Stops a stream of events.
   */
  "mcpServer/event/stream/stop": { params: McpServerEventStreamStopParams; result: McpServerEventStreamStopResponse };
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
   * Lists the AWS profiles and the AWS credentials in the environment that the server finds on its machine; both
   * lists are empty when it finds none.
   */
  "account/bedrock/discover": { params: BedrockDiscoverParams; result: BedrockDiscoverResponse };
  /**
   * Sets up Amazon Bedrock with an AWS profile or the environment's credentials. Refused with -32600 when that
   * cannot be done.
   */
  "account/bedrock/setup": { params: BedrockSetupParams; result: BedrockSetupResponse };
  /**
   * Sets up Vertex AI of Google Cloud in the user's configuration. Refused with -32600 when that cannot be done;
   * `data.reason` then names the cause, such as `authCommandFailed`.
   */
  "account/gcp/setup": { params: GcpSetupParams; result: GcpSetupResponse };
  /**
   * Tells whether Bedrock is used in a GovCloud region and whether to warn about managed requirements that fall
   * short of it; blocks nothing. Meant for the time right after a setup or login.
   */
  "account/bedrock/checkGovCloudRequirements": { params: BedrockCheckGovCloudRequirementsParams; result: BedrockCheckGovCloudRequirementsResponse };
  /**
   * Cancels a login under way; it still ends with `account/login/completed`, without success. An id that is no
   * UUID is refused with -32600.
   */
  "account/login/cancel": { params: CancelLoginAccountParams; result: CancelLoginAccountResponse };
  /**
   * Lists the stored ChatGPT logins with their workspaces; empty without one.
   */
  "accountSession/list": { params: AccountSessionsListParams; result: AccountSessionsResponse };
  /**
   * Changes to another stored ChatGPT login or another workspace of it. May need a browser first; without a
   * ChatGPT login of the server's own it is refused with -32600.
   */
  "accountSession/switch": { params: AccountSessionsSwitchParams; result: AccountSessionsSwitchResponse };
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
   * Starts a process outside of any sandbox and answers as soon as it runs and its handle is known; the exit is
   * told by `process/exited`. A failing start is refused with -32603.
   */
  "process/spawn": { params: ProcessSpawnParams; result: ProcessSpawnResponse };
  /**
   * Writes bytes to the stdin of a running process, closes it, or does both.
   */
  "process/writeStdin": { params: ProcessWriteStdinParams; result: ProcessWriteStdinResponse };
  /**
   * Kills a running process; its `process/exited` follows, usually with exit code 137.
   */
  "process/kill": { params: ProcessKillParams; result: ProcessKillResponse };
  /**
   * Changes the size of the terminal that a running process is attached to.
   */
  "process/resizePty": { params: ProcessResizePtyParams; result: ProcessResizePtyResponse };
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
  /**
   * Opens a search session over some directories; a session of the same id is replaced silently.
   */
  "fuzzyFileSearch/sessionStart": { params: FuzzyFileSearchSessionStartParams; result: FuzzyFileSearchSessionStartResponse };
  /**
   * Gives a session its next query. The results come as `fuzzyFileSearch/sessionUpdated`; an unknown session is
   * refused.
   */
  "fuzzyFileSearch/sessionUpdate": { params: FuzzyFileSearchSessionUpdateParams; result: FuzzyFileSearchSessionUpdateResponse };
  /**
   * Ends a search session; one that is unknown or already ended does no harm.
   */
  "fuzzyFileSearch/sessionStop": { params: FuzzyFileSearchSessionStopParams; result: FuzzyFileSearchSessionStopResponse };
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
   * Asks the client for the time.
   */
  "currentTime/read": { params: CurrentTimeReadParams; result: CurrentTimeReadResponse };
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
