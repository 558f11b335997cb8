//! Every notification of the server.

use crate::declare::{is_planned, is_turn, messages, notifications, schemas_of, since_of};
use crate::{DeltaKey, ext, fuzzy_file_search, v2};

notifications! {
    /// A notification of the server.
    pub enum ServerNotification(ServerNotification), markers in notifications {
        /// A turn met an error; `willRetry` tells whether it goes on.
        Stable "error" => Error(v2::ErrorNotification), of turn;
        /// A thread came into being or was loaded.
        Stable "thread/started" => ThreadStarted(v2::ThreadStartedNotification);
        /// A thread became idle, active, broken or was unloaded.
        Stable "thread/status/changed" => ThreadStatusChanged(v2::ThreadStatusChangedNotification), of turn;
        /// What of a thread is unread has changed.
        Stable "thread/readState/changed" => ThreadReadStateChanged(v2::ThreadReadStateChangedNotification), of turn;
        /// A thread was archived; sent to all connections.
        Stable "thread/archived" => ThreadArchived(v2::ThreadArchivedNotification);
        /// A thread was deleted; sent to all connections.
        Stable "thread/deleted" => ThreadDeleted(v2::ThreadDeletedNotification);
        /// A thread was brought back from the archive; sent to all connections.
        Stable "thread/unarchived" => ThreadUnarchived(v2::ThreadUnarchivedNotification);
        /// A thread was unloaded.
        Stable "thread/closed" => ThreadClosed(v2::ThreadClosedNotification);
        /// The history of a thread was cut short; read it again.
        Stable "thread/reverted" => ThreadReverted(v2::ThreadRevertedNotification);
        /// Skill files on disk have changed and the cache was dropped; ask `skills/list` again where needed. Goes to
        /// all connections, at most once in 10 seconds, and never before a thread was started.
        Stable "skills/changed" => SkillsChanged planned (v2::SkillsChangedNotification);
        /// A thread was named.
        Stable "thread/name/updated" => ThreadNameUpdated(v2::ThreadNameUpdatedNotification);
        /// A thread changed its section, or its place in one. Goes to all connections.
        Stable "thread/section/changed" => ThreadSectionChanged(v2::ThreadSectionChangedNotification);
        /// An attachment of a thread was created or deleted.
        Stable "thread/attachment/updated" => ThreadAttachmentUpdated(v2::ThreadAttachmentUpdatedNotification);
        /// The goal of a thread was set, or something about it changed.
        Stable "thread/goal/updated" => ThreadGoalUpdated(v2::ThreadGoalUpdatedNotification), of turn;
        /// A prediction that was asked for is ready or has failed.
        Stable "thread/prediction/updated" => ThreadPredictionUpdated planned (v2::ThreadPredictionUpdatedNotification);
        /// A thread has no goal.
        Stable "thread/goal/cleared" => ThreadGoalCleared(v2::ThreadGoalClearedNotification), of turn;
        /// The queue of a thread has changed; `thread/queue/list` shows how it is now.
        Stable "thread/queue/changed" => ThreadQueueChanged(v2::ThreadQueueChangedNotification);
        /// A project was created, updated or deleted; read it again where it is shown.
        Stable "project/changed" => ProjectChanged(v2::ProjectChangedNotification);
        /// A thread was assigned to a project or taken out of one.
        Stable "thread/project/updated" => ThreadProjectUpdated(v2::ThreadProjectUpdatedNotification);
        /// The connection between a thread and one of its environments is there.
        Stable "thread/environment/connected" => ThreadEnvironmentConnected planned (v2::EnvironmentConnectionNotification), of turn;
        /// The connection between a thread and one of its environments was lost.
        Stable "thread/environment/disconnected" => ThreadEnvironmentDisconnected planned (v2::EnvironmentConnectionNotification), of turn;
        /// Settings that later turns of a thread use have changed.
        Stable "thread/settings/updated" => ThreadSettingsUpdated(v2::ThreadSettingsUpdatedNotification), of turn;
        /// What a thread has used so far, after every response of the model.
        Stable "thread/tokenUsage/updated" => ThreadTokenUsageUpdated(v2::ThreadTokenUsageUpdatedNotification), of turn;
        /// A turn began.
        Stable "turn/started" => TurnStarted(v2::TurnStartedNotification), of turn;
        /// A hook began to run. Sent to the subscribers of the thread; asynchronous hooks are not announced.
        Stable "hook/started" => HookStarted planned (v2::HookStartedNotification), of turn;
        /// A turn ended, one way or another: the last word of every turn.
        Stable "turn/completed" => TurnCompleted(v2::TurnCompletedNotification), of turn;
        /// A hook has ended, with its result. Sent to the subscribers of the thread; asynchronous hooks are not
        /// announced.
        Stable "hook/completed" => HookCompleted planned (v2::HookCompletedNotification), of turn;
        /// The diff of all file changes of a turn is new: sent after each change of files, and again after every later
        /// response of the model.
        Stable "turn/diff/updated" => TurnDiffUpdated(v2::TurnDiffUpdatedNotification), of turn;
        /// The model wrote or changed its plan for the turn; the whole plan is here, and no item stands for it.
        Stable "turn/plan/updated" => TurnPlanUpdated(v2::TurnPlanUpdatedNotification), of turn;
        /// An item of a turn began.
        Stable "item/started" => ItemStarted(v2::ItemStartedNotification), of turn;
        /// An automatic review has begun. Unstable.
        Stable "item/autoApprovalReview/started" => ItemAutoApprovalReviewStarted planned (v2::ItemGuardianApprovalReviewStartedNotification), of turn;
        /// An automatic review has ended, with a verdict or without. Unstable.
        Stable "item/autoApprovalReview/completed" => ItemAutoApprovalReviewCompleted planned (v2::ItemGuardianApprovalReviewCompletedNotification), of turn;
        /// A turn has come to need strict review.
        Stable "autoApprovalReview/strictReviewRequired" => AutoApprovalReviewStrictReviewRequired planned (v2::StrictReviewRequiredNotification), of turn;
        /// An item of a turn is whole; its content here is what counts.
        Stable "item/completed" => ItemCompleted(v2::ItemCompletedNotification), of turn;
        /// An item of the model as it came, for hosts that asked for raw events at the start of the thread.
        Hidden "rawResponseItem/completed" => RawResponseItemCompleted planned (v2::RawResponseItemCompletedNotification), of turn;
        /// A response of the model is over; for hosts that asked for raw events at the start of the thread.
        Hidden "rawResponse/completed" => RawResponseCompleted planned (v2::RawResponseCompletedNotification), of turn;
        /// More text of a message of the agent.
        Stable "item/agentMessage/delta" => AgentMessageDelta(v2::AgentMessageDeltaNotification), of turn;
        /// More text of a plan that is being proposed. Experimental; the completed item may differ from the deltas put
        /// together.
        Stable "item/plan/delta" => ItemPlanDelta planned (v2::PlanDeltaNotification), of turn;
        /// A command started with `streamStdoutStderr` or `tty` has printed something; sent to the connection that
        /// started it only, and before the answer to `command/exec`.
        Stable "command/exec/outputDelta" => CommandExecOutputDelta(v2::CommandExecOutputDeltaNotification);
        /// A process with streamed output has written something; for the connection that spawned it.
        Stable "process/outputDelta" => ProcessOutputDelta(v2::ProcessOutputDeltaNotification);
        /// A process has ended; for the connection that spawned it, after which the handle is free again.
        Stable "process/exited" => ProcessExited(v2::ProcessExitedNotification);
        /// A running command printed something. Early output may be missing here; the `aggregatedOutput` of the
        /// completed item has it.
        Stable "item/commandExecution/outputDelta" => ItemCommandExecutionOutputDelta(v2::CommandExecutionOutputDeltaNotification), of turn;
        /// The model wrote to the input of a running command. No item of its own stands for that.
        Stable "item/commandExecution/terminalInteraction" => ItemCommandExecutionTerminalInteraction(v2::TerminalInteractionNotification), of turn;
        /// Deprecated and no longer sent: text printed by a patch.
        Stable "item/fileChange/outputDelta" => ItemFileChangeOutputDelta planned (v2::FileChangeOutputDeltaNotification);
        /// The changes of a patch are known anew.
        Stable "item/fileChange/patchUpdated" => ItemFileChangePatchUpdated planned (v2::FileChangePatchUpdatedNotification), of turn;
        /// A request of the server is no longer open, whoever answered it.
        Stable "serverRequest/resolved" => ServerRequestResolved(v2::ServerRequestResolvedNotification), of turn;
        /// A running MCP tool call reported how far it is.
        Stable "item/mcpToolCall/progress" => ItemMcpToolCallProgress planned (v2::McpToolCallProgressNotification), of turn;
        /// Tells that a login started by `mcpServer/oauth/login` ended, with success or with an error, which may be
        /// that nobody came back in time.
        Stable "mcpServer/oauthLogin/completed" => McpServerOauthLoginCompleted planned (v2::McpServerOauthLoginCompletedNotification);
        /// Tells how far the start of one MCP server of a thread is; a failure ends the start of the thread only when
        /// the server is configured as required.
        Stable "mcpServer/startupStatus/updated" => McpServerStartupStatusUpdated planned (v2::McpServerStatusUpdatedNotification);
        /// An MCP server sent something on a stream that a client started.
        Stable "mcpServer/event/stream/notification" => McpServerEventStreamNotification planned (v2::McpServerEventStreamNotification);
        /// The login or its plan changed; to all connections. Sent after every successful login and after every logout.
        Stable "account/updated" => AccountUpdated planned (v2::AccountUpdatedNotification);
        /// A gateway login moved on. Only the connection that asked for the login gets `authUrl`.
        Stable "account/gatewayOAuth/changed" => AccountGatewayOAuthChanged planned (v2::GatewayOAuthChangedNotification);
        /// What the provider told of its rate limits with the last response.
        Stable "account/rateLimits/updated" => AccountRateLimitsUpdated(v2::AccountRateLimitsUpdatedNotification), of turn;
        /// The list of apps changed. While `app/list` collects, it comes after each source.
        Stable "app/list/updated" => AppListUpdated planned (v2::AppListUpdatedNotification);
        /// Whether this server can be driven from elsewhere.
        Stable "remoteControl/status/changed" => RemoteControlStatusChanged(v2::RemoteControlStatusChangedNotification);
        /// Part of an import is done; sent for each item as it is finished.
        Stable "externalAgentConfig/import/progress" => ExternalAgentConfigImportProgress(v2::ExternalAgentConfigImportProgressNotification);
        /// An import has ended; carries the results of all its items.
        Stable "externalAgentConfig/import/completed" => ExternalAgentConfigImportCompleted(v2::ExternalAgentConfigImportCompletedNotification);
        /// Something changed under a watch. It comes 200 milliseconds after the first change and then at most once
        /// every 200 milliseconds, to the connection that watches only.
        Stable "fs/changed" => FsChanged planned (v2::FsChangedNotification);
        /// More text of a part of a reasoning summary.
        Stable "item/reasoning/summaryTextDelta" => ReasoningSummaryTextDelta(v2::ReasoningSummaryTextDeltaNotification), of turn;
        /// A part of a reasoning summary began.
        Stable "item/reasoning/summaryPartAdded" => ReasoningSummaryPartAdded(v2::ReasoningSummaryPartAddedNotification), of turn;
        /// More raw reasoning text.
        Stable "item/reasoning/textDelta" => ReasoningTextDelta(v2::ReasoningTextDeltaNotification), of turn;
        /// Deprecated: the history of a thread was summed up; go by items of type `contextCompaction`.
        Stable "thread/compacted" => ThreadCompacted planned (v2::ContextCompactedNotification), of turn;
        /// Another model than the asked one answers.
        Stable "model/rerouted" => ModelRerouted(v2::ModelReroutedNotification), of turn;
        /// Verifications were named for the model of a turn.
        Stable "model/verification" => ModelVerification planned (v2::ModelVerificationNotification), of turn;
        /// Tells that, in a turn, the server has begun to repair its authentication at the model provider.
        Stable "modelProvider/authRecoveryStarted" => ModelProviderAuthRecoveryStarted planned (v2::AuthRecoveryNotification), of turn;
        /// Tells that such a repair, announced by `modelProvider/authRecoveryStarted`, is over.
        Stable "modelProvider/authRecoveryCompleted" => ModelProviderAuthRecoveryCompleted planned (v2::AuthRecoveryNotification), of turn;
        /// Metadata about the moderation of a turn arrived.
        Stable "turn/moderationMetadata" => TurnModerationMetadata planned (v2::TurnModerationMetadataNotification), of turn;
        /// The state of safety buffering of a turn changed: for which model, why, and whether to show it.
        Stable "model/safetyBuffering/updated" => ModelSafetyBufferingUpdated planned (v2::ModelSafetyBufferingUpdatedNotification), of turn;
        /// Something a person should know; nothing has failed.
        Stable "warning" => Warning(v2::WarningNotification), of turn;
        /// The automatic reviewer has a warning for the user of a thread.
        Stable "guardianWarning" => GuardianWarning planned (v2::GuardianWarningNotification), of turn;
        /// The client uses something that will go away.
        Stable "deprecationNotice" => DeprecationNotice(v2::DeprecationNoticeNotification);
        /// Something is wrong with the configuration; the server goes on.
        Stable "configWarning" => ConfigWarning(v2::ConfigWarningNotification);
        /// A session has results for its query. The first ones may be empty although more come; an empty query gets
        /// exactly one, without files.
        Stable "fuzzyFileSearch/sessionUpdated" => FuzzyFileSearchSessionUpdated planned (fuzzy_file_search::FuzzyFileSearchSessionUpdatedNotification);
        /// The search for the query of a session is done. It comes once per query.
        Stable "fuzzyFileSearch/sessionCompleted" => FuzzyFileSearchSessionCompleted planned (fuzzy_file_search::FuzzyFileSearchSessionCompletedNotification);
        /// A realtime session runs.
        Stable "thread/realtime/started" => ThreadRealtimeStarted planned (v2::ThreadRealtimeStartedNotification);
        /// The realtime service sent something that has no notification of its own; it is passed on as it is.
        Stable "thread/realtime/itemAdded" => ThreadRealtimeItemAdded planned (v2::ThreadRealtimeItemAddedNotification);
        /// An item of the realtime timeline has begun; its text follows in pieces.
        Stable "thread/realtime/item/started" => ThreadRealtimeItemStarted planned (v2::ThreadRealtimeItemStartedNotification);
        /// A running transcript item has grown by a piece of text.
        Stable "thread/realtime/item/transcript/delta" => ThreadRealtimeItemTranscriptDelta planned (v2::ThreadRealtimeItemTranscriptDeltaNotification);
        /// An item of the realtime timeline is complete and stored.
        Stable "thread/realtime/item/completed" => ThreadRealtimeItemCompleted planned (v2::ThreadRealtimeItemCompletedNotification);
        /// The transcript has grown by a piece of text, told without items.
        Stable "thread/realtime/transcript/delta" => ThreadRealtimeTranscriptDelta planned (v2::ThreadRealtimeTranscriptDeltaNotification);
        /// A part of the transcript is complete, told without items.
        Stable "thread/realtime/transcript/done" => ThreadRealtimeTranscriptDone planned (v2::ThreadRealtimeTranscriptDoneNotification);
        /// The realtime model said something: the next piece of audio to play.
        Stable "thread/realtime/outputAudio/delta" => ThreadRealtimeOutputAudioDelta planned (v2::ThreadRealtimeOutputAudioDeltaNotification);
        /// The remote SDP of a WebRTC session has come; the client needs it to finish the connection.
        Stable "thread/realtime/sdp" => ThreadRealtimeSdp planned (v2::ThreadRealtimeSdpNotification);
        /// Something went wrong in a realtime session, or when starting one.
        Stable "thread/realtime/error" => ThreadRealtimeError planned (v2::ThreadRealtimeErrorNotification);
        /// A realtime session has ended.
        Stable "thread/realtime/closed" => ThreadRealtimeClosed planned (v2::ThreadRealtimeClosedNotification);
        /// Folders that everyone may write to were found on Windows.
        Stable "windows/worldWritableWarning" => WindowsWorldWritableWarning planned (v2::WindowsWorldWritableWarningNotification);
        /// A setup that `windowsSandbox/setupStart` began has ended, well or not.
        Stable "windowsSandbox/setupCompleted" => WindowsSandboxSetupCompleted(v2::WindowsSandboxSetupCompletedNotification);
        /// A login ended, well or not; to all connections. After a good one `account/updated` follows.
        Stable "account/login/completed" => AccountLoginCompleted planned (v2::AccountLoginCompletedNotification);
        /// A turn of which nothing was told for ten seconds waits for this, told again every ten seconds: an extension.
        Extension "ext/turn/waiting" => TurnWaiting(ext::TurnWaitingNotification), of turn;
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
            Self::ItemCommandExecutionOutputDelta(delta) => (&delta.item_id, 0, &delta.delta),
            _ => return None,
        };
        Some((DeltaKey { method: self.method(), item_id, index }, text))
    }

    /// Bytes of what may be long in it, at no cost: the text of a delta, the output of a command, a diff. Zero for what is
    /// always short.
    #[must_use]
    pub fn bulk_bytes(&self) -> usize {
        match self {
            Self::TurnDiffUpdated(updated) => updated.diff.len(),
            Self::CommandExecOutputDelta(delta) => delta.delta_base64.len(),
            Self::ProcessOutputDelta(delta) => delta.delta_base64.len(),
            Self::ProcessExited(exited) => exited.stdout.len() + exited.stderr.len(),
            Self::ItemCompleted(completed) => match &completed.item.kind {
                v2::ThreadItemKind::CommandExecution { aggregated_output: Some(output), .. } => output.len(),
                v2::ThreadItemKind::AgentMessage { text, .. } => text.len(),
                _ => 0,
            },
            _ => self.text_delta().map_or(0, |(_, text)| text.len()),
        }
    }

    /// Whether it is told only to clients that asked for `experimentalApi`, although every schema lists it.
    #[must_use]
    pub fn needs_experimental(&self) -> bool {
        matches!(self, Self::ThreadReadStateChanged(_))
    }

    /// Whether only clients with [`crate::Extension::Heartbeat`] are told.
    #[must_use]
    pub fn is_heartbeat(&self) -> bool {
        matches!(self, Self::TurnWaiting(_))
    }

    /// Whether subscribers of a thread are told it, although it does not say of which.
    #[must_use]
    pub fn names_no_thread(&self) -> bool {
        matches!(self, Self::AccountRateLimitsUpdated(_))
    }

    /// The same delta with another text; anything else unchanged.
    #[must_use]
    pub fn with_text(&self, text: String) -> Self {
        let mut delta = self.clone();
        match &mut delta {
            Self::AgentMessageDelta(delta) => delta.delta = text,
            Self::ReasoningSummaryTextDelta(delta) => delta.delta = text,
            Self::ReasoningTextDelta(delta) => delta.delta = text,
            Self::ItemCommandExecutionOutputDelta(delta) => delta.delta = text,
            _ => {}
        }
        delta
    }
}
