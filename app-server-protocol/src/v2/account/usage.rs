//! How much a ChatGPT account has used: the limits at this moment, credits that reset them early, and tokens over time
//! or by thread. All is read from the backend on request; times are Unix seconds, and amounts called micros are
//! millionths.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::RateLimitSnapshot;

/// Tokens used on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountTokenUsageDailyBucket {
    /// Day on which the bucket begins, as text.
    pub start_date: String,
    /// Tokens used in it.
    pub tokens: i64,
}

/// Figures on the account's whole usage; each is null when unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountTokenUsageSummary {
    /// Tokens used since the account exists; null when unknown.
    pub lifetime_tokens: Option<i64>,
    /// Most tokens used on one day; null when unknown.
    pub peak_daily_tokens: Option<i64>,
    /// Length of the longest turn, in seconds; null when unknown.
    pub longest_running_turn_sec: Option<i64>,
    /// Days in a row with usage, up to now; null when unknown.
    pub current_streak_days: Option<i64>,
    /// Most days in a row with usage; null when unknown.
    pub longest_streak_days: Option<i64>,
}

/// What spending a reset credit did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ConsumeAccountRateLimitResetCreditOutcome {
    /// The credit is spent, and the windows it applies to start anew.
    Reset,
    /// No window can be reset at present.
    NothingToReset,
    /// The account has no credit left to spend.
    NoCredit,
    /// An earlier request with this key did the reset.
    AlreadyRedeemed,
}

/// Params of `account/rateLimitResetCredit/consume`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsumeAccountRateLimitResetCreditParams {
    /// The client's own id of this attempt, best a UUID; send it unchanged when trying again.
    pub idempotency_key: String,
    /// Id of the credit to spend; absent or null: the backend picks the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_id: Option<String>,
}

/// Result of `account/rateLimitResetCredit/consume`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConsumeAccountRateLimitResetCreditResponse {
    /// What came of it.
    pub outcome: ConsumeAccountRateLimitResetCreditOutcome,
}

/// Params of `account/rateLimits/read`: what the client itself can do and wants to know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountRateLimitsParams {
    /// Says that the client can fall back to Luna Reserve by itself; the backend may then note that an eligible ChatGPT
    /// user took part in the experiment once ordinary usage is blocked. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub supports_luna_reserve: bool,
    /// Leaves out the further request for the single reset credits, for polling in the background; their number is told
    /// all the same. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub exclude_reset_credit_details: bool,
}

/// Result of `account/rateLimits/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountRateLimitsResponse {
    /// Whether the backend lets the active account use what its plan includes; null when it did not say. Do not guess
    /// it from percentages or reset times.
    pub ordinary_usage_allowed: Option<bool>,
    /// The limits as one set, that of `codex`; kept for older clients.
    pub rate_limits: RateLimitSnapshot,
    /// All limits by their `limitId`, `codex` among them; null when not told.
    pub rate_limits_by_limit_id: Option<BTreeMap<String, RateLimitSnapshot>>,
    /// Credits that reset the limits early; null when they could not be had.
    pub rate_limit_reset_credits: Option<RateLimitResetCreditsSummary>,
    /// Account that the figures belong to; null when the backend does not name it.
    pub account_id: Option<String>,
    /// A banner to show, as the backend wrote it, with its keys in snake_case; null or absent leaves the client's
    /// display as it is.
    pub rate_limit_upsell: Option<JsonValue>,
}

/// Params of `account/usage/read`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountTokenUsageParams {
    /// Reads the estimate for this thread in place of the account's tokens; absent or null: the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
}

/// Result of `account/usage/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountTokenUsageResponse {
    /// Figures on the account's whole usage.
    pub summary: AccountTokenUsageSummary,
    /// Tokens by day; null when not told.
    pub daily_usage_buckets: Option<Vec<AccountTokenUsageDailyBucket>>,
    /// The estimate for the thread asked about; null when none was asked about or its billing cannot be looked up.
    /// Default null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_usage: Option<ThreadUsage>,
}

/// A credit that resets limits early.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitResetCredit {
    /// Opaque id of the credit, for `account/rateLimitResetCredit/consume`.
    pub id: String,
    /// What it resets.
    pub reset_type: RateLimitResetType,
    /// Whether it can still be spent.
    pub status: RateLimitResetCreditStatus,
    /// When the account got it, in Unix seconds.
    pub granted_at: i64,
    /// When it lapses, in Unix seconds; null when it never does.
    pub expires_at: Option<i64>,
    /// Title for people, from the backend; null when it has none.
    pub title: Option<String>,
    /// Text for people, from the backend; null when it has none.
    pub description: Option<String>,
}

/// Whether a reset credit can be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RateLimitResetCreditStatus {
    /// It can.
    Available,
    /// It is being spent.
    Redeeming,
    /// It is spent.
    Redeemed,
    /// A state that the server does not know.
    Unknown,
}

/// The account's reset credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitResetCreditsSummary {
    /// How many can be spent.
    pub available_count: i64,
    /// The credits that can be spent, one by one; null when only their number is known, empty when there are none. The
    /// backend may cut the list, so it can be shorter than `availableCount`.
    pub credits: Option<Vec<RateLimitResetCredit>>,
}

/// What a reset credit resets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RateLimitResetType {
    /// The Codex limits.
    CodexRateLimits,
    /// A kind that the server does not know.
    Unknown,
}

/// What a thread has used, as estimated by the backend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUsage {
    /// The thread the figures are about.
    pub thread_id: String,
    /// Estimated use in millionths of a credit.
    pub estimated_usage_credits_micros: i64,
    /// Estimated use in millionths of a US dollar; null when unknown.
    pub estimated_usage_usd_micros: Option<i64>,
    /// Use that is counted in dollars to begin with, in millionths of a US dollar and apart from the estimate in
    /// credits; null when unknown, which does not mean zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub native_usage_usd_micros: Option<i64>,
    /// The same, split up by model, effort and speed.
    pub groups: Vec<ThreadUsageBreakdownGroup>,
}

/// A thread's use of one model at one effort and speed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadUsageBreakdownGroup {
    /// Slug of the model; null when unknown.
    pub model: Option<String>,
    /// Reasoning effort; null when unknown.
    pub reasoning_effort: Option<String>,
    /// Speed tier; null when unknown.
    pub speed: Option<String>,
    /// Estimated use in millionths of a credit.
    pub estimated_usage_credits_micros: i64,
    /// Input tokens that were new; null when unknown.
    pub net_new_input_tokens: Option<i64>,
    /// Input tokens that came from the cache; null when unknown.
    pub cached_input_tokens: Option<i64>,
    /// Input tokens; null when unknown.
    pub input_tokens: Option<i64>,
    /// Output tokens; null when unknown.
    pub output_tokens: Option<i64>,
    /// All tokens together; null when unknown.
    pub total_tokens: Option<i64>,
}
