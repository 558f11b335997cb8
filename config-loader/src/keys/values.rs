//! Keys whose value is one of a few words.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

/// When a person is asked before something runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", from = "ApprovalPolicyToml")]
pub enum ApprovalPolicy {
    /// Everything is asked for. Only a request or an untrusted project may choose it, not a file.
    Untrusted,
    /// The model asks when it needs more than the sandbox gives.
    OnRequest,
    /// Each kind of question can be switched.
    Granular(GranularApproval),
    /// Nothing is asked.
    Never,
}

/// When a person is asked before something runs.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ApprovalPolicy")]
enum ApprovalPolicyToml {
    /// No longer for files; remove it.
    #[schemars(extend("deprecated" = true))]
    Untrusted,
    /// Old word for `on-request`.
    #[schemars(extend("deprecated" = true))]
    OnFailure,
    /// The model asks when it needs more than the sandbox gives.
    OnRequest,
    /// Each kind of question can be switched.
    Granular(GranularApproval),
    /// Nothing is asked.
    Never,
}

impl From<ApprovalPolicyToml> for ApprovalPolicy {
    fn from(value: ApprovalPolicyToml) -> Self {
        match value {
            ApprovalPolicyToml::Untrusted => Self::Untrusted,
            ApprovalPolicyToml::OnFailure | ApprovalPolicyToml::OnRequest => Self::OnRequest,
            ApprovalPolicyToml::Granular(granular) => Self::Granular(granular),
            ApprovalPolicyToml::Never => Self::Never,
        }
    }
}

/// Which kinds of questions may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GranularApproval {
    /// Questions about leaving the sandbox.
    pub sandbox_approval: bool,
    /// Questions that exec policy rules demand.
    pub rules: bool,
    /// Questions about running skills.
    #[serde(default)]
    pub skill_approval: bool,
    /// Requests for further permissions.
    #[serde(default)]
    pub request_permissions: bool,
    /// Questions of MCP servers.
    pub mcp_elicitations: bool,
}

/// Who answers approvals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalsReviewer {
    /// The person at the client.
    #[default]
    User,
    /// A reviewing model.
    #[serde(alias = "guardian_subagent")]
    AutoReview,
}

/// What commands may touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxMode {
    /// Reading only.
    ReadOnly,
    /// Writing below the working folder and a few more.
    WorkspaceWrite,
    /// Everything.
    DangerFullAccess,
}

/// What the user said about a project folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TrustLevel {
    /// Its configuration is used.
    Trusted,
    /// Its configuration is not used and everything is asked for.
    Untrusted,
}

/// How reasoning is summarised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReasoningSummary {
    /// The model's own choice.
    Auto,
    /// Short.
    Concise,
    /// Long.
    Detailed,
    /// Not at all.
    None,
}

/// How long answers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verbosity {
    /// Short.
    Low,
    /// Middling.
    Medium,
    /// Long.
    High,
}

/// Style of communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Personality {
    /// The model's own.
    None,
    /// Warm.
    Friendly,
    /// Matter-of-fact.
    Pragmatic,
}

/// What a compaction limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompactTokenLimitScope {
    /// All tokens in the window.
    Total,
    /// Those after the part that never changes.
    BodyAfterPrefix,
}

/// Mode of the web search tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WebSearchMode {
    /// No web search.
    Disabled,
    /// Cached pages only.
    Cached,
    /// Indexed pages.
    Indexed,
    /// Live pages.
    Live,
}

/// A login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LoginMethod {
    /// With a ChatGPT account.
    Chatgpt,
    /// With an API key.
    Api,
}

/// Where login tokens are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LoginStore {
    /// In auth.json.
    #[default]
    File,
    /// In the system's keyring.
    Keyring,
    /// In the keyring if there is one, else in auth.json.
    Auto,
    /// In memory only.
    Ephemeral,
}

/// Where OAuth tokens of MCP servers are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CredentialsStore {
    /// In the keyring if there is one, else in a file.
    #[default]
    Auto,
    /// In a file.
    File,
    /// In the system's keyring.
    Keyring,
}

/// URI scheme of links to files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileOpener {
    /// `vscode:`
    Vscode,
    /// `vscode-insiders:`
    VscodeInsiders,
    /// `windsurf:`
    Windsurf,
    /// `cursor:`
    Cursor,
    /// Plain paths.
    None,
}

/// Reasoning effort: any text but the empty one, as models bring their own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ReasoningEffort(String);

impl ReasoningEffort {
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for ReasoningEffort {
    fn schema_name() -> Cow<'static, str> {
        "ReasoningEffort".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Reasoning effort such as `low`, `medium` or `high`; models bring their own words.",
            "type": "string",
            "minLength": 1,
        })
    }
}

impl<'de> Deserialize<'de> for ReasoningEffort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word.is_empty() {
            return Err(de::Error::custom("reasoning_effort must not be empty"));
        }
        Ok(Self(word))
    }
}
