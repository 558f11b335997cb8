//! Every notification of the server.

use crate::declare::{messages, schemas_of, server_notifications};
use crate::{DeltaKey, v2};

server_notifications! {
    /// A notification of the server.
    pub enum ServerNotification, markers in notifications {
        /// A turn met an error; `willRetry` tells whether it goes on.
        Stable "error" => Error(v2::ErrorNotification);
        /// A thread came into being or was loaded.
        Stable "thread/started" => ThreadStarted(v2::ThreadStartedNotification);
        /// A thread became idle, active, broken or was unloaded.
        Stable "thread/status/changed" => ThreadStatusChanged(v2::ThreadStatusChangedNotification);
        /// What of a thread is unread has changed.
        Stable "thread/readState/changed" => ThreadReadStateChanged(v2::ThreadReadStateChangedNotification);
        Stable "thread/archived" => ThreadArchived;
        Stable "thread/deleted" => ThreadDeleted;
        Stable "thread/unarchived" => ThreadUnarchived;
        /// A thread was unloaded.
        Stable "thread/closed" => ThreadClosed(v2::ThreadClosedNotification);
        Stable "thread/reverted" => ThreadReverted;
        Stable "skills/changed" => SkillsChanged;
        /// A thread was named.
        Stable "thread/name/updated" => ThreadNameUpdated(v2::ThreadNameUpdatedNotification);
        Stable "thread/section/changed" => ThreadSectionChanged;
        Stable "thread/attachment/updated" => ThreadAttachmentUpdated;
        Stable "thread/goal/updated" => ThreadGoalUpdated;
        Stable "thread/prediction/updated" => ThreadPredictionUpdated;
        /// A thread has no goal.
        Stable "thread/goal/cleared" => ThreadGoalCleared(v2::ThreadGoalClearedNotification);
        Stable "thread/queue/changed" => ThreadQueueChanged;
        Stable "project/changed" => ProjectChanged;
        Stable "thread/project/updated" => ThreadProjectUpdated;
        Stable "thread/environment/connected" => ThreadEnvironmentConnected;
        Stable "thread/environment/disconnected" => ThreadEnvironmentDisconnected;
        /// Settings that later turns of a thread use have changed.
        Stable "thread/settings/updated" => ThreadSettingsUpdated(v2::ThreadSettingsUpdatedNotification);
        /// What a thread has used so far, after every response of the model.
        Stable "thread/tokenUsage/updated" => ThreadTokenUsageUpdated(v2::ThreadTokenUsageUpdatedNotification);
        /// A turn began.
        Stable "turn/started" => TurnStarted(v2::TurnStartedNotification);
        Stable "hook/started" => HookStarted;
        /// A turn ended, one way or another: the last word of every turn.
        Stable "turn/completed" => TurnCompleted(v2::TurnCompletedNotification);
        Stable "hook/completed" => HookCompleted;
        Stable "turn/diff/updated" => TurnDiffUpdated;
        Stable "turn/plan/updated" => TurnPlanUpdated;
        /// An item of a turn began.
        Stable "item/started" => ItemStarted(v2::ItemStartedNotification);
        Stable "item/autoApprovalReview/started" => ItemAutoApprovalReviewStarted;
        Stable "item/autoApprovalReview/completed" => ItemAutoApprovalReviewCompleted;
        Stable "autoApprovalReview/strictReviewRequired" => AutoApprovalReviewStrictReviewRequired;
        /// An item of a turn is whole; its content here is what counts.
        Stable "item/completed" => ItemCompleted(v2::ItemCompletedNotification);
        /// More text of a message of the agent.
        Stable "item/agentMessage/delta" => AgentMessageDelta(v2::AgentMessageDeltaNotification);
        Stable "item/plan/delta" => ItemPlanDelta;
        Stable "command/exec/outputDelta" => CommandExecOutputDelta;
        Stable "process/outputDelta" => ProcessOutputDelta;
        Stable "process/exited" => ProcessExited;
        Stable "item/commandExecution/outputDelta" => ItemCommandExecutionOutputDelta;
        Stable "item/commandExecution/terminalInteraction" => ItemCommandExecutionTerminalInteraction;
        Stable "item/fileChange/outputDelta" => ItemFileChangeOutputDelta;
        Stable "item/fileChange/patchUpdated" => ItemFileChangePatchUpdated;
        /// A request of the server is no longer open, whoever answered it.
        Stable "serverRequest/resolved" => ServerRequestResolved(v2::ServerRequestResolvedNotification);
        Stable "item/mcpToolCall/progress" => ItemMcpToolCallProgress;
        Stable "mcpServer/oauthLogin/completed" => McpServerOauthLoginCompleted;
        Stable "mcpServer/startupStatus/updated" => McpServerStartupStatusUpdated;
        Stable "mcpServer/event/stream/notification" => McpServerEventStreamNotification;
        Stable "account/updated" => AccountUpdated;
        Stable "account/gatewayOAuth/changed" => AccountGatewayOAuthChanged;
        /// What the provider told of its rate limits with the last response.
        Stable "account/rateLimits/updated" => AccountRateLimitsUpdated(v2::AccountRateLimitsUpdatedNotification);
        Stable "app/list/updated" => AppListUpdated;
        /// Whether this server can be driven from elsewhere.
        Stable "remoteControl/status/changed" => RemoteControlStatusChanged(v2::RemoteControlStatusChangedNotification);
        Stable "externalAgentConfig/import/progress" => ExternalAgentConfigImportProgress;
        Stable "externalAgentConfig/import/completed" => ExternalAgentConfigImportCompleted;
        Stable "fs/changed" => FsChanged;
        /// More text of a part of a reasoning summary.
        Stable "item/reasoning/summaryTextDelta" => ReasoningSummaryTextDelta(v2::ReasoningSummaryTextDeltaNotification);
        /// A part of a reasoning summary began.
        Stable "item/reasoning/summaryPartAdded" => ReasoningSummaryPartAdded(v2::ReasoningSummaryPartAddedNotification);
        /// More raw reasoning text.
        Stable "item/reasoning/textDelta" => ReasoningTextDelta(v2::ReasoningTextDeltaNotification);
        Stable "thread/compacted" => ThreadCompacted;
        /// Another model than the asked one answers.
        Stable "model/rerouted" => ModelRerouted(v2::ModelReroutedNotification);
        Stable "model/verification" => ModelVerification;
        Stable "modelProvider/authRecoveryStarted" => ModelProviderAuthRecoveryStarted;
        Stable "modelProvider/authRecoveryCompleted" => ModelProviderAuthRecoveryCompleted;
        Stable "turn/moderationMetadata" => TurnModerationMetadata;
        Stable "model/safetyBuffering/updated" => ModelSafetyBufferingUpdated;
        /// Something a person should know; nothing has failed.
        Stable "warning" => Warning(v2::WarningNotification);
        Stable "guardianWarning" => GuardianWarning;
        /// The client uses something that will go away.
        Stable "deprecationNotice" => DeprecationNotice(v2::DeprecationNoticeNotification);
        /// Something is wrong with the configuration; the server goes on.
        Stable "configWarning" => ConfigWarning(v2::ConfigWarningNotification);
        Stable "fuzzyFileSearch/sessionUpdated" => FuzzyFileSearchSessionUpdated;
        Stable "fuzzyFileSearch/sessionCompleted" => FuzzyFileSearchSessionCompleted;
        Stable "thread/realtime/started" => ThreadRealtimeStarted;
        Stable "thread/realtime/itemAdded" => ThreadRealtimeItemAdded;
        Stable "thread/realtime/item/started" => ThreadRealtimeItemStarted;
        Stable "thread/realtime/item/transcript/delta" => ThreadRealtimeItemTranscriptDelta;
        Stable "thread/realtime/item/completed" => ThreadRealtimeItemCompleted;
        Stable "thread/realtime/transcript/delta" => ThreadRealtimeTranscriptDelta;
        Stable "thread/realtime/transcript/done" => ThreadRealtimeTranscriptDone;
        Stable "thread/realtime/outputAudio/delta" => ThreadRealtimeOutputAudioDelta;
        Stable "thread/realtime/sdp" => ThreadRealtimeSdp;
        Stable "thread/realtime/error" => ThreadRealtimeError;
        Stable "thread/realtime/closed" => ThreadRealtimeClosed;
        Stable "windows/worldWritableWarning" => WindowsWorldWritableWarning;
        Stable "windowsSandbox/setupCompleted" => WindowsSandboxSetupCompleted;
        Stable "account/login/completed" => AccountLoginCompleted;
    }
}

impl ServerNotification {
    /// The text of a streamed delta and what it belongs to; `None` for everything else.
    ///
    /// Neighbouring deltas with equal keys may be merged by a queue that is too long: the concatenation is the same.
    #[must_use]
    pub fn text_delta(&self) -> Option<(DeltaKey<'_>, &str)> {
        let (item_id, index, text) = match self {
            Self::AgentMessageDelta(delta) => (&delta.item_id, 0, &delta.delta),
            Self::ReasoningSummaryTextDelta(delta) => (&delta.item_id, delta.summary_index, &delta.delta),
            Self::ReasoningTextDelta(delta) => (&delta.item_id, delta.content_index, &delta.delta),
            _ => return None,
        };
        Some((DeltaKey { method: self.method(), item_id, index }, text))
    }

    /// Whether it is told only to clients that asked for `experimentalApi`, although every schema lists it.
    #[must_use]
    pub fn needs_experimental(&self) -> bool {
        matches!(self, Self::ThreadReadStateChanged(_))
    }

    /// The same delta with another text; anything else unchanged.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        let mut delta = self.clone();
        match &mut delta {
            Self::AgentMessageDelta(delta) => delta.delta = text,
            Self::ReasoningSummaryTextDelta(delta) => delta.delta = text,
            Self::ReasoningTextDelta(delta) => delta.delta = text,
            _ => {}
        }
        delta
    }
}
