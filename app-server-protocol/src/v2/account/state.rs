//! Accounts and their limits: who is signed in, on which plan, and how much of the allowance is used.
//!
//! No type here carries a token or key. Percentages are whole, times are Unix seconds, windows are minutes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The login in use, by kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Account {
    /// A plain API key; nothing is known about its owner.
    ApiKey,
    /// A ChatGPT login, managed by the server or handed in by the client.
    Chatgpt {
        /// Mail address from the login's token; null when the token has none.
        #[schemars(extend("x-required" = true))]
        email: Option<String>,
        /// The plan the login says it is on.
        plan_type: PlanType,
        /// Name of the chosen workspace for people; null when unknown.
        workspace_name: Option<String>,
    },
    /// Models served by Amazon Bedrock.
    AmazonBedrock {
        /// True when the credentials were stored by `account/login/start`, false when they come from the environment.
        /// Default false.
        #[serde(default)]
        uses_codex_managed_credentials: bool,
    },
    /// Models served by Vertex AI of Google Cloud, with credentials kept outside the server.
    Gcp,
}

/// Which backend region a workspace's requests must go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum AccountRoutingOverride {
    /// No region is prescribed.
    #[serde(rename = "NO_CONSTRAINT")]
    NOCONSTRAINT,
    /// Only the United States.
    #[serde(rename = "us")]
    Us,
    /// The region that the backend calls `us_cr`.
    #[serde(rename = "us_cr")]
    UsCr,
}

/// Params of `account/read`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountParams {
    /// Renews the access token before answering, even when it is still valid. No effect on logins whose tokens the
    /// client supplies. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub refresh_token: bool,
}

/// Result of `account/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GetAccountResponse {
    /// The login; null when signed out, and whenever the active provider needs no OpenAI login.
    pub account: Option<Account>,
    /// Id of the ChatGPT user behind the login; null for other kinds.
    #[serde(default)]
    pub user_id: Option<String>,
    /// Whether the active provider wants an OpenAI login. Several clients go on signed out only when this is false.
    pub requires_openai_auth: bool,
    /// Where requests of a ChatGPT workspace go; null without such a login.
    #[schemars(extend("x-experimental" = true))]
    pub workspace_routing: Option<WorkspaceRouting>,
}

/// A ChatGPT plan, by the name the login carries. What a plan includes is the backend's matter; business, enterprise
/// and education plans may bring managed policies, which are loaded before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-root" = true))]
pub enum PlanType {
    /// Without payment.
    Free,
    /// The personal plan `go`.
    Go,
    /// The personal plan `plus`.
    Plus,
    /// The personal plan `pro`.
    Pro,
    /// The personal plan `prolite`.
    Prolite,
    /// The plan `promax`.
    Promax,
    /// A team; brings no managed policies.
    Team,
    /// Business workspace set up by its owner, in the form `prolite`.
    SelfServeBusinessProlite,
    /// Business workspace set up by its owner, paid by use.
    SelfServeBusinessUsageBased,
    /// Business workspace.
    Business,
    /// The plan `ent26`.
    Ent26,
    /// Enterprise workspace of the kind `cbp`, for automation.
    EnterpriseCbpAutomation,
    /// Enterprise workspace of the kind `cbp`, paid by use.
    EnterpriseCbpUsageBased,
    /// Enterprise workspace.
    Enterprise,
    /// Education workspace.
    Edu,
    /// Education workspace of the form `plus`.
    EduPlus,
    /// Education workspace of the form `pro`.
    EduPro,
    /// The plan `sci`.
    Sci,
    /// The plan `sci_plus`.
    SciPlus,
    /// The login names no plan, or one that is not known here.
    Unknown,
}

/// Where the backend of a ChatGPT workspace is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceRouting {
    /// Id of the workspace, as sent with each request to the backend.
    pub chatgpt_account_id: String,
    /// Origin (scheme, host, port) of the backend; HTTPS and without credentials.
    pub backend_origin: String,
    /// The region the workspace is bound to.
    pub account_routing_override: AccountRoutingOverride,
}

/// `account/rateLimits/updated`: what the last model response told about limits, sent after every response.
///
/// Fields that are null here say nothing: a client keeps what it knew before, or reads all anew by
/// `account/rateLimits/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountRateLimitsUpdatedNotification {
    /// The limits as far as the response named them.
    pub rate_limits: RateLimitSnapshot,
}

/// The limits of an account at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitSnapshot {
    /// Which limit this is, such as `codex`.
    pub limit_id: Option<String>,
    /// The limit's name for people.
    pub limit_name: Option<String>,
    /// The ordinary model whose name and efforts describe this limit, when the limit belongs to an alias of it.
    pub normal_model_slug: Option<String>,
    /// The shorter window, commonly some hours.
    pub primary: Option<RateLimitWindow>,
    /// The longer window, commonly a week.
    pub secondary: Option<RateLimitWindow>,
    /// Credits that are used up once the windows are full.
    pub credits: Option<CreditsSnapshot>,
    /// A spending limit set for this user inside the workspace.
    pub individual_limit: Option<SpendControlLimitSnapshot>,
    /// Whether spending is stopped by such a limit; null is "not told", never "no longer".
    pub spend_control_reached: Option<bool>,
    /// The plan the limits follow from.
    pub plan_type: Option<PlanType>,
    /// Why requests are refused at present; null when they are not.
    pub rate_limit_reached_type: Option<RateLimitReachedType>,
}

/// How full one window is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RateLimitWindow {
    /// Used share in percent, rounded; 100 is full.
    pub used_percent: i32,
    /// Length of the window in minutes; null when unknown.
    pub window_duration_mins: Option<i64>,
    /// When the window starts anew, in Unix seconds; null when unknown.
    pub resets_at: Option<i64>,
}

/// What stopped requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RateLimitReachedType {
    /// The account's own window is full.
    RateLimitReached,
    /// The workspace has no credits left, and the user owns it.
    WorkspaceOwnerCreditsDepleted,
    /// The workspace has no credits left; its owner has to add some.
    WorkspaceMemberCreditsDepleted,
    /// The workspace's usage limit is reached, and the user owns it.
    WorkspaceOwnerUsageLimitReached,
    /// The workspace's usage limit is reached; its owner has to raise it.
    WorkspaceMemberUsageLimitReached,
}

/// The state of an account's credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreditsSnapshot {
    /// Whether any are left.
    pub has_credits: bool,
    /// Whether they never run out; `balance` then says nothing.
    pub unlimited: bool,
    /// What is left, as text; null when not told.
    pub balance: Option<String>,
}

/// A spending limit and its use. Amounts are texts and pass through as the backend wrote them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpendControlLimitSnapshot {
    /// The amount allowed per period.
    pub limit: String,
    /// The amount used in this period.
    pub used: String,
    /// What is left of the limit, in percent.
    pub remaining_percent: i32,
    /// When the next period begins, in Unix seconds.
    pub resets_at: i64,
}
