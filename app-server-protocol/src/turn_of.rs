//! Which turn a notification tells about: for who hands notifications on, turn by turn.

use crate::{ServerNotification, ext, v2};

impl ServerNotification {
    /// The thread and the turn that it names; `None` for what names no turn.
    #[must_use]
    pub fn turn(&self) -> Option<(&str, &str)> {
        match self {
            Self::TurnStarted(v2::TurnStartedNotification { thread_id, turn })
            | Self::TurnCompleted(v2::TurnCompletedNotification { thread_id, turn }) => Some((thread_id, &turn.id)),
            Self::ThreadGoalUpdated(v2::ThreadGoalUpdatedNotification { thread_id, turn_id, .. })
            | Self::HookStarted(v2::HookStartedNotification { thread_id, turn_id, .. })
            | Self::HookCompleted(v2::HookCompletedNotification { thread_id, turn_id, .. }) => {
                turn_id.as_deref().map(|turn| (thread_id.as_str(), turn))
            }
            Self::Error(v2::ErrorNotification { thread_id, turn_id, .. })
            | Self::ThreadTokenUsageUpdated(v2::ThreadTokenUsageUpdatedNotification { thread_id, turn_id, .. })
            | Self::TurnDiffUpdated(v2::TurnDiffUpdatedNotification { thread_id, turn_id, .. })
            | Self::TurnPlanUpdated(v2::TurnPlanUpdatedNotification { thread_id, turn_id, .. })
            | Self::ItemStarted(v2::ItemStartedNotification { thread_id, turn_id, .. })
            | Self::ItemAutoApprovalReviewStarted(v2::ItemGuardianApprovalReviewStartedNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::ItemAutoApprovalReviewCompleted(v2::ItemGuardianApprovalReviewCompletedNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::AutoApprovalReviewStrictReviewRequired(v2::StrictReviewRequiredNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::ItemCompleted(v2::ItemCompletedNotification { thread_id, turn_id, .. })
            | Self::RawResponseItemCompleted(v2::RawResponseItemCompletedNotification { thread_id, turn_id, .. })
            | Self::RawResponseCompleted(v2::RawResponseCompletedNotification { thread_id, turn_id, .. })
            | Self::AgentMessageDelta(v2::AgentMessageDeltaNotification { thread_id, turn_id, .. })
            | Self::ItemPlanDelta(v2::PlanDeltaNotification { thread_id, turn_id, .. })
            | Self::ItemCommandExecutionOutputDelta(v2::CommandExecutionOutputDeltaNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::ItemCommandExecutionTerminalInteraction(v2::TerminalInteractionNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::ItemFileChangeOutputDelta(v2::FileChangeOutputDeltaNotification { thread_id, turn_id, .. })
            | Self::ItemFileChangePatchUpdated(v2::FileChangePatchUpdatedNotification { thread_id, turn_id, .. })
            | Self::ItemMcpToolCallProgress(v2::McpToolCallProgressNotification { thread_id, turn_id, .. })
            | Self::ReasoningSummaryTextDelta(v2::ReasoningSummaryTextDeltaNotification {
                thread_id, turn_id, ..
            })
            | Self::ReasoningSummaryPartAdded(v2::ReasoningSummaryPartAddedNotification {
                thread_id, turn_id, ..
            })
            | Self::ReasoningTextDelta(v2::ReasoningTextDeltaNotification { thread_id, turn_id, .. })
            | Self::ThreadCompacted(v2::ContextCompactedNotification { thread_id, turn_id, .. })
            | Self::ModelRerouted(v2::ModelReroutedNotification { thread_id, turn_id, .. })
            | Self::ModelVerification(v2::ModelVerificationNotification { thread_id, turn_id, .. })
            | Self::ModelProviderAuthRecoveryStarted(v2::AuthRecoveryNotification { thread_id, turn_id, .. })
            | Self::ModelProviderAuthRecoveryCompleted(v2::AuthRecoveryNotification { thread_id, turn_id, .. })
            | Self::TurnModerationMetadata(v2::TurnModerationMetadataNotification { thread_id, turn_id, .. })
            | Self::ModelSafetyBufferingUpdated(v2::ModelSafetyBufferingUpdatedNotification {
                thread_id,
                turn_id,
                ..
            })
            | Self::TurnWaiting(ext::TurnWaitingNotification { thread_id, turn_id, .. }) => Some((thread_id, turn_id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(method: &str, params: serde_json::Value) -> Option<(String, String)> {
        let params = serde_json::value::to_raw_value(&params).unwrap();
        let body = ServerNotification::decode(method, Some(&params)).unwrap().unwrap();
        body.turn().map(|(thread, turn)| (thread.to_owned(), turn.to_owned()))
    }

    #[test]
    fn the_turn_is_found_wherever_it_stands() {
        let expected = Some(("t".to_owned(), "u".to_owned()));
        let turn = json!({"id": "u", "items": [], "status": "inProgress"});
        assert_eq!(named("turn/started", json!({"threadId": "t", "turn": turn})), expected);
        let delta = json!({"threadId": "t", "turnId": "u", "itemId": "i", "delta": "x"});
        assert_eq!(named("item/agentMessage/delta", delta), expected);
        assert_eq!(named("thread/closed", json!({"threadId": "t"})), None);
        assert_eq!(named("warning", json!({"threadId": "t", "message": "m"})), None);
    }
}
