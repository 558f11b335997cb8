//! Every request that a client may send.

use crate::declare::{handlers, messages, requests, schemas_of, scope_of};
use crate::{v1, v2};

requests! {
    /// A request of a client, decoded.
    pub enum ClientRequest(ClientRequest), markers in methods, handled by HandleClientRequests {
        /// Opens the connection: who the client is and what it wants. Nothing else is answered before it.
        Stable "initialize" => Initialize(v1::InitializeParams) -> v1::InitializeResponse;
        Experimental "server/diagnostics" => ServerDiagnostics;
        Experimental "userVerification/status" => UserVerificationStatus;
        Experimental "userVerification/enroll" => UserVerificationEnroll;
        Experimental "userVerification/delete" => UserVerificationDelete;
        Experimental "userVerification/verify" => UserVerificationVerify;
        Experimental "userVerification/cancel" => UserVerificationCancel;
        /// Starts a thread and subscribes the caller to it.
        Stable "thread/start" => ThreadStart(v2::ThreadStartParams) -> v2::ThreadStartResponse,
            partly "dynamicTools are refused, and no trust entry is written";
        /// Subscribes the caller to a thread and answers with its history, loading it from disk where needed.
        Stable "thread/resume" => ThreadResume(v2::ThreadResumeParams) -> v2::ThreadResumeResponse, in thread(thread_id),
            partly "loaded threads only; a stored one is refused with notSupported";
        Stable "thread/fork" => ThreadFork;
        Experimental "thread/sample" => ThreadSample;
        Experimental "thread/sample/cancel" => ThreadSampleCancel;
        Stable "thread/archive" => ThreadArchive;
        Stable "thread/delete" => ThreadDelete;
        /// Ends the subscription of the caller to a thread; the thread stays loaded for a while.
        Stable "thread/unsubscribe" => ThreadUnsubscribe(v2::ThreadUnsubscribeParams) -> v2::ThreadUnsubscribeResponse, in thread(thread_id);
        Experimental "thread/increment_elicitation" => ThreadIncrementElicitation;
        Experimental "thread/decrement_elicitation" => ThreadDecrementElicitation;
        /// Names a thread.
        Stable "thread/name/set" => ThreadNameSet(v2::ThreadSetNameParams) -> v2::ThreadSetNameResponse, in thread(thread_id);
        Experimental "thread/prediction/request" => ThreadPredictionRequest;
        Stable "thread/goal/set" => ThreadGoalSet;
        Stable "thread/goal/get" => ThreadGoalGet;
        Stable "thread/goal/clear" => ThreadGoalClear;
        Experimental "thread/queue/add" => ThreadQueueAdd;
        Experimental "thread/queue/list" => ThreadQueueList;
        Experimental "thread/queue/update" => ThreadQueueUpdate;
        Experimental "thread/queue/delete" => ThreadQueueDelete;
        Experimental "thread/queue/reorder" => ThreadQueueReorder;
        Experimental "thread/queue/start" => ThreadQueueStart;
        Stable "thread/metadata/update" => ThreadMetadataUpdate;
        Stable "thread/attachment/add" => ThreadAttachmentAdd;
        Stable "thread/attachment/list" => ThreadAttachmentList;
        Stable "thread/attachmentOwner/list" => ThreadAttachmentOwnerList;
        Stable "thread/attachment/remove" => ThreadAttachmentRemove;
        Stable "thread/section/move" => ThreadSectionMove;
        Experimental "thread/settings/update" => ThreadSettingsUpdate;
        Experimental "thread/memoryMode/set" => ThreadMemoryModeSet;
        Experimental "thread/memory/read" => ThreadMemoryRead;
        Experimental "memory/status" => MemoryStatus;
        Experimental "memory/reset" => MemoryReset;
        Experimental "rollout/compress" => RolloutCompress;
        Stable "thread/unarchive" => ThreadUnarchive;
        /// Shortens the history that the model sees, as a turn of its own.
        Stable "thread/compact/start" => ThreadCompactStart(v2::ThreadCompactStartParams) -> v2::ThreadCompactStartResponse, in thread(thread_id),
            partly "checks the thread; the compaction itself is refused with notSupported";
        Stable "thread/shellCommand" => ThreadShellCommand;
        Stable "thread/approveGuardianDeniedAction" => ThreadApproveGuardianDeniedAction;
        Experimental "thread/backgroundTerminals/clean" => ThreadBackgroundTerminalsClean;
        Experimental "thread/backgroundTerminals/list" => ThreadBackgroundTerminalsList;
        Experimental "thread/backgroundTerminals/terminate" => ThreadBackgroundTerminalsTerminate;
        Stable "thread/revert" => ThreadRevert;
        /// Lists stored threads, newest first, page by page.
        Stable "thread/list" => ThreadList(v2::ThreadListParams) -> v2::ThreadListResponse;
        Experimental "project/list" => ProjectList;
        Experimental "project/read" => ProjectRead;
        Experimental "project/create" => ProjectCreate;
        Experimental "project/import" => ProjectImport;
        Experimental "project/update" => ProjectUpdate;
        Experimental "project/move" => ProjectMove;
        Experimental "project/delete" => ProjectDelete;
        Stable "threadSection/list" => ThreadSectionList;
        Stable "threadSection/create" => ThreadSectionCreate;
        Stable "threadSection/update" => ThreadSectionUpdate;
        Stable "threadSection/delete" => ThreadSectionDelete;
        Experimental "thread/search" => ThreadSearch;
        Experimental "thread/searchOccurrences" => ThreadSearchOccurrences;
        /// Lists the ids of the threads that are in memory.
        Stable "thread/loaded/list" => ThreadLoadedList(v2::ThreadLoadedListParams) -> v2::ThreadLoadedListResponse;
        /// Reads one thread without subscribing to it, with its turns when asked for.
        Stable "thread/read" => ThreadRead(v2::ThreadReadParams) -> v2::ThreadReadResponse, in thread_read(thread_id);
        Experimental "thread/readState/update" => ThreadReadStateUpdate;
        Stable "thread/turns/list" => ThreadTurnsList;
        Stable "thread/items/list" => ThreadItemsList;
        Experimental "thread/items/read" => ThreadItemsRead;
        Experimental "thread/guardianReview" => ThreadGuardianReview;
        Stable "thread/inject_items" => ThreadInjectItems;
        Experimental "thread/prepareApprovedPlan" => ThreadPrepareApprovedPlan;
        Stable "skills/list" => SkillsList;
        Stable "skills/extraRoots/set" => SkillsExtraRootsSet;
        Stable "hooks/list" => HooksList;
        Stable "marketplace/add" => MarketplaceAdd;
        Stable "marketplace/remove" => MarketplaceRemove;
        Stable "marketplace/upgrade" => MarketplaceUpgrade;
        Stable "plugin/list" => PluginList;
        Experimental "plugin/search" => PluginSearch;
        Stable "plugin/installed" => PluginInstalled;
        Stable "plugin/reconcile" => PluginReconcile;
        Stable "plugin/read" => PluginRead;
        Stable "plugin/skill/read" => PluginSkillRead;
        Stable "plugin/share/save" => PluginShareSave;
        Stable "plugin/share/updateTargets" => PluginShareUpdateTargets;
        Stable "plugin/share/list" => PluginShareList;
        Stable "plugin/share/checkout" => PluginShareCheckout;
        Stable "plugin/share/delete" => PluginShareDelete;
        Stable "app/read" => AppRead;
        Stable "app/list" => AppList;
        Stable "app/installed" => AppInstalled;
        Stable "fs/readFile" => FsReadFile;
        Stable "fs/writeFile" => FsWriteFile;
        Stable "fs/createDirectory" => FsCreateDirectory;
        Stable "fs/getMetadata" => FsGetMetadata;
        Stable "fs/readDirectory" => FsReadDirectory;
        Stable "fs/remove" => FsRemove;
        Stable "fs/copy" => FsCopy;
        Stable "fs/watch" => FsWatch;
        Stable "fs/unwatch" => FsUnwatch;
        Stable "skills/config/write" => SkillsConfigWrite;
        Stable "plugin/install" => PluginInstall;
        Stable "plugin/uninstall" => PluginUninstall;
        /// Starts a turn with the input of the user, or joins the one that runs.
        Stable "turn/start" => TurnStart(v2::TurnStartParams) -> v2::TurnStartResponse, in thread(thread_id),
            partly "toolOutput and additionalContext are refused";
        Experimental "turn/settings/update" => TurnSettingsUpdate;
        /// Adds input to the running turn.
        Stable "turn/steer" => TurnSteer(v2::TurnSteerParams) -> v2::TurnSteerResponse, in thread(thread_id);
        /// Ends the running turn as interrupted.
        Stable "turn/interrupt" => TurnInterrupt(v2::TurnInterruptParams) -> v2::TurnInterruptResponse, in thread(thread_id);
        Experimental "thread/realtime/start" => ThreadRealtimeStart;
        Experimental "thread/realtime/appendAudio" => ThreadRealtimeAppendAudio;
        Experimental "thread/realtime/appendText" => ThreadRealtimeAppendText;
        Experimental "thread/realtime/appendSpeech" => ThreadRealtimeAppendSpeech;
        Experimental "thread/realtime/stop" => ThreadRealtimeStop;
        Experimental "thread/timeline/list" => ThreadTimelineList;
        Experimental "thread/realtime/listVoices" => ThreadRealtimeListVoices;
        Stable "review/start" => ReviewStart;
        /// Lists the models that clients can offer.
        Stable "model/list" => ModelList(v2::ModelListParams) -> v2::ModelListResponse;
        Stable "account/gatewayOAuth/read" => AccountGatewayOAuthRead;
        Stable "account/gatewayOAuth/login" => AccountGatewayOAuthLogin;
        Stable "account/gatewayOAuth/cancel" => AccountGatewayOAuthCancel;
        Stable "modelProvider/list" => ModelProviderList;
        Stable "modelProvider/config/write" => ModelProviderConfigWrite;
        Stable "modelProvider/capabilities/read" => ModelProviderCapabilitiesRead;
        Stable "experimentalFeature/list" => ExperimentalFeatureList;
        Stable "permissionProfile/list" => PermissionProfileList;
        Stable "experimentalFeature/enablement/set" => ExperimentalFeatureEnablementSet;
        Experimental "remoteControl/enable" => RemoteControlEnable;
        Experimental "remoteControl/disable" => RemoteControlDisable;
        Experimental "remoteControl/status/read" => RemoteControlStatusRead;
        Experimental "remoteControl/pairing/start" => RemoteControlPairingStart;
        Experimental "remoteControl/pairing/status" => RemoteControlPairingStatus;
        Experimental "remoteControl/client/list" => RemoteControlClientList;
        Experimental "remoteControl/client/revoke" => RemoteControlClientRevoke;
        /// Lists the ways in which the agent can work with the user.
        Experimental "collaborationMode/list" => CollaborationModeList(v2::CollaborationModeListParams) -> v2::CollaborationModeListResponse;
        /// Echoes its value: for testing the experimental gate.
        Experimental "mock/experimentalMethod" => MockExperimentalMethod(v2::MockExperimentalMethodParams) -> v2::MockExperimentalMethodResponse;
        Experimental "environment/add" => EnvironmentAdd;
        Experimental "environment/info" => EnvironmentInfo;
        Experimental "environment/status" => EnvironmentStatus;
        Stable "mcpServer/oauth/login" => McpServerOauthLogin;
        Stable "config/mcpServer/reload" => ConfigMcpServerReload;
        Stable "mcpServerStatus/list" => McpServerStatusList;
        Stable "mcpServer/resource/read" => McpServerResourceRead;
        Experimental "mcpServer/event/stream/start" => McpServerEventStreamStart;
        Experimental "mcpServer/event/stream/stop" => McpServerEventStreamStop;
        Stable "mcpServer/tool/call" => McpServerToolCall;
        Stable "windowsSandbox/setupStart" => WindowsSandboxSetupStart;
        Stable "windowsSandbox/readiness" => WindowsSandboxReadiness;
        Stable "account/login/start" => AccountLoginStart;
        Experimental "account/bedrock/discover" => AccountBedrockDiscover;
        Experimental "account/bedrock/setup" => AccountBedrockSetup;
        Experimental "account/gcp/setup" => AccountGcpSetup;
        Experimental "account/bedrock/checkGovCloudRequirements" => AccountBedrockCheckGovCloudRequirements;
        Stable "account/login/cancel" => AccountLoginCancel;
        Experimental "accountSession/list" => AccountSessionList;
        Experimental "accountSession/switch" => AccountSessionSwitch;
        Stable "account/logout" => AccountLogout;
        Stable "account/securitySetup/read" => AccountSecuritySetupRead;
        Stable "account/rateLimits/read" => AccountRateLimitsRead;
        Stable "account/rateLimitResetCredit/consume" => AccountRateLimitResetCreditConsume;
        Stable "account/usage/read" => AccountUsageRead;
        Stable "account/workspaceMessages/read" => AccountWorkspaceMessagesRead;
        Stable "account/sendAddCreditsNudgeEmail" => AccountSendAddCreditsNudgeEmail;
        Stable "feedback/upload" => FeedbackUpload;
        Stable "feedback/save" => FeedbackSave;
        Stable "command/exec" => CommandExec;
        Stable "command/exec/write" => CommandExecWrite;
        Stable "command/exec/terminate" => CommandExecTerminate;
        Stable "command/exec/resize" => CommandExecResize;
        Experimental "process/spawn" => ProcessSpawn;
        Experimental "process/writeStdin" => ProcessWriteStdin;
        Experimental "process/kill" => ProcessKill;
        Experimental "process/resizePty" => ProcessResizePty;
        /// Reads the effective configuration, where each value comes from, and the layers.
        Stable "config/read" => ConfigRead(v2::ConfigReadParams) -> v2::ConfigReadResponse, in config_read,
            partly "requirements and the layers of an administrator come later";
        Stable "externalAgentConfig/detect" => ExternalAgentConfigDetect;
        Stable "externalAgentConfig/import" => ExternalAgentConfigImport;
        Stable "externalAgentConfig/import/recordHistory" => ExternalAgentConfigImportRecordHistory;
        Stable "externalAgentConfig/import/readHistories" => ExternalAgentConfigImportReadHistories;
        Stable "config/value/write" => ConfigValueWrite;
        Stable "config/batchWrite" => ConfigBatchWrite;
        Stable "configRequirements/read" => ConfigRequirementsRead;
        /// Tells who is signed in and whether the provider needs it.
        Stable "account/read" => AccountRead(v2::GetAccountParams) -> v2::GetAccountResponse,
            partly "API keys only; a ChatGPT login counts as signed out";
        Hidden "getConversationSummary" => GetConversationSummary;
        Hidden "gitDiffToRemote" => GitDiffToRemote;
        Hidden "getAuthStatus" => GetAuthStatus;
        Stable "fuzzyFileSearch" => FuzzyFileSearch;
        Experimental "fuzzyFileSearch/sessionStart" => FuzzyFileSearchSessionStart;
        Experimental "fuzzyFileSearch/sessionUpdate" => FuzzyFileSearchSessionUpdate;
        Experimental "fuzzyFileSearch/sessionStop" => FuzzyFileSearchSessionStop;
    }
}
