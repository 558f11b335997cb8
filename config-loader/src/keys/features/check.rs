//! Settings of features that make no sense.

use super::{
    AsyncCompactionConfigToml, FeatureToml, FeaturesToml, GuardianV2ConfigToml, MultiAgentV2ConfigToml,
    RolloutBudgetConfigToml, TokenBudgetConfigToml,
};

/// Longest wait for a sub-agent that can be configured, in milliseconds.
const LONGEST_WAIT_MS: i64 = 3_600_000;
/// Waits for a sub-agent when none are configured, in milliseconds.
const DEFAULT_MIN_WAIT_MS: i64 = 10_000;
const DEFAULT_WAIT_MS: i64 = 30_000;

/// Tokens that a part of a review may have.
const REVIEW_TOKENS: std::ops::RangeInclusive<usize> = 100..=100_000;

impl FeaturesToml {
    /// The first setting that has the right type and makes no sense.
    pub(in crate::keys) fn check_values(&self) -> Result<(), String> {
        check(&self.multi_agent_v2, MultiAgentV2ConfigToml::check)
            .and_then(|()| check(&self.token_budget, TokenBudgetConfigToml::check))
            .and_then(|()| check(&self.async_compaction, AsyncCompactionConfigToml::check))
            .and_then(|()| check(&self.guardianv2, GuardianV2ConfigToml::check))
            .and_then(|()| match &self.rollout_budget {
                Some(FeatureToml::Switch(true)) => RolloutBudgetConfigToml::default().check(),
                Some(FeatureToml::Settings(settings)) if settings.enabled == Some(true) => settings.check(),
                _ => Ok(()),
            })
            .map_err(|problem| format!("features.{problem}"))
    }
}

fn check<T>(feature: &Option<FeatureToml<T>>, check: impl FnOnce(&T) -> Result<(), String>) -> Result<(), String> {
    match feature {
        Some(FeatureToml::Settings(settings)) => check(settings),
        Some(FeatureToml::Switch(_)) | None => Ok(()),
    }
}

/// The problem, unless all is well.
fn require(is_well: bool, problem: &str) -> Result<(), String> {
    if is_well { Ok(()) } else { Err(problem.to_owned()) }
}

impl MultiAgentV2ConfigToml {
    fn check(&self) -> Result<(), String> {
        require(
            self.max_concurrent_threads_per_session != Some(0),
            "multi_agent_v2.max_concurrent_threads_per_session must be at least 1",
        )?;
        let waits = [
            ("min_wait_timeout_ms", self.min_wait_timeout_ms),
            ("max_wait_timeout_ms", self.max_wait_timeout_ms),
            ("default_wait_timeout_ms", self.default_wait_timeout_ms),
        ];
        for (key, wait) in waits {
            if wait.is_some_and(|wait| wait < 0) {
                return Err(format!("multi_agent_v2.{key} must be at least 0"));
            }
            if wait.is_some_and(|wait| wait > LONGEST_WAIT_MS) {
                return Err(format!("multi_agent_v2.{key} must be at most {LONGEST_WAIT_MS}"));
            }
        }
        let shortest = self.min_wait_timeout_ms.unwrap_or(DEFAULT_MIN_WAIT_MS);
        let longest = self.max_wait_timeout_ms.unwrap_or(LONGEST_WAIT_MS);
        let usual = self.default_wait_timeout_ms.unwrap_or(DEFAULT_WAIT_MS);
        require(
            shortest <= longest,
            "multi_agent_v2.min_wait_timeout_ms must be at most features.multi_agent_v2.max_wait_timeout_ms",
        )?;
        require(
            shortest <= usual,
            "multi_agent_v2.default_wait_timeout_ms must be at least features.multi_agent_v2.min_wait_timeout_ms",
        )?;
        require(
            usual <= longest,
            "multi_agent_v2.default_wait_timeout_ms must be at most features.multi_agent_v2.max_wait_timeout_ms",
        )?;
        require(
            self.tool_namespace.as_ref().is_none_or(|namespace| !namespace.is_empty()),
            "multi_agent_v2.tool_namespace must not be empty",
        )
    }
}

impl RolloutBudgetConfigToml {
    /// For the feature when it is on.
    fn check(&self) -> Result<(), String> {
        let Some(limit) = self.limit_tokens else {
            return Err("rollout_budget.limit_tokens is required when rollout_budget is enabled".to_owned());
        };
        let Some(reminders) = &self.reminder_at_remaining_tokens else {
            let key = "rollout_budget.reminder_at_remaining_tokens";
            return Err(format!("{key} is required when rollout_budget is enabled"));
        };
        require(limit > 0, "rollout_budget.limit_tokens must be positive")?;
        require(
            reminders.iter().all(|tokens| (1..limit).contains(tokens)),
            "rollout_budget.reminder_at_remaining_tokens must contain only positive values below limit_tokens",
        )
    }
}

impl TokenBudgetConfigToml {
    fn check(&self) -> Result<(), String> {
        if self.enabled != Some(true) {
            return Ok(());
        }
        require(
            self.reminder_threshold_tokens.is_none_or(|tokens| tokens > 0),
            "token_budget.reminder_threshold_tokens must be positive",
        )?;
        require(
            self.reminder_message_template.as_ref().is_none_or(|template| !template.is_empty()),
            "token_budget.reminder_message_template must not be empty",
        )?;
        require(
            self.auto_compact_fallback_buffer_tokens.is_none_or(|tokens| tokens > 0),
            "token_budget.auto_compact_fallback_buffer_tokens must be positive",
        )?;
        require(
            self.auto_compact_fallback_prompt.is_none() || self.auto_compact_fallback_buffer_tokens.is_some(),
            "token_budget.auto_compact_fallback_buffer_tokens is required when auto_compact_fallback_prompt is set",
        )
    }
}

impl AsyncCompactionConfigToml {
    fn check(&self) -> Result<(), String> {
        require(
            self.model_async_compact_threshold_percent.is_none_or(|percent| (1..=100).contains(&percent)),
            "async_compaction.model_async_compact_threshold_percent must be between 1 and 100",
        )
    }
}

impl GuardianV2ConfigToml {
    fn check(&self) -> Result<(), String> {
        require(
            self.review_threshold.is_none_or(|threshold| (0.0..=1.0).contains(&threshold)),
            "guardianv2.review_threshold must be between 0 and 1",
        )?;
        require(
            self.async_classifier_conversation_token_limit != Some(0),
            "guardianv2.async_classifier_conversation_token_limit must be positive",
        )?;
        require(
            self.sync_elastic_budgeting != Some(true) || self.sync_elastic_sections.is_some(),
            "guardianv2.sync_elastic_sections is required when sync_elastic_budgeting is enabled",
        )?;
        for (key, tokens) in [
            ("max_action_tokens", self.max_action_tokens),
            ("max_classifier_instruction_tokens", self.max_classifier_instruction_tokens),
            ("max_parent_compaction_tokens", self.max_parent_compaction_tokens),
        ] {
            if tokens.is_some_and(|tokens| !REVIEW_TOKENS.contains(&tokens)) {
                let (least, most) = (REVIEW_TOKENS.start(), REVIEW_TOKENS.end());
                return Err(format!("guardianv2.{key} must be between {least} and {most} tokens"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_make_no_sense_are_named() {
        for (text, problem) in [
            ("multi_agent_v2 = { min_wait_timeout_ms = 30000 }", None),
            (
                "multi_agent_v2 = { min_wait_timeout_ms = 30001 }",
                Some("default_wait_timeout_ms must be at least features.multi_agent_v2.min_wait_timeout_ms"),
            ),
            ("multi_agent_v2 = { max_wait_timeout_ms = 3600001 }", Some("must be at most 3600000")),
            ("multi_agent_v2 = { max_concurrent_threads_per_session = 0 }", Some("must be at least 1")),
            ("rollout_budget = true", Some("limit_tokens is required")),
            ("rollout_budget = { limit_tokens = 0 }", None),
            (
                "rollout_budget = { enabled = true, limit_tokens = 9, reminder_at_remaining_tokens = [9] }",
                Some("below limit_tokens"),
            ),
            ("token_budget = { enabled = true, reminder_threshold_tokens = 0 }", Some("must be positive")),
            ("async_compaction = { model_async_compact_threshold_percent = 0 }", Some("between 1 and 100")),
            ("guardianv2 = { max_action_tokens = 99 }", Some("between 100 and 100000 tokens")),
            ("guardianv2 = { sync_elastic_budgeting = true }", Some("sync_elastic_sections is required")),
        ] {
            let features: FeaturesToml = toml::from_str(text).unwrap();
            let result = features.check_values();
            match (&result, problem) {
                (Ok(()), None) => {}
                (Err(message), Some(problem)) if message.starts_with("features.") && message.contains(problem) => {}
                _ => panic!("{text}: {result:?}"),
            }
        }
    }
}
