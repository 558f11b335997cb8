//! Logins by OAuth to a model provider's own gateway: whether one is needed, how to start and stop it, and how it ends.
//! None of the types carries a credential; user codes and login URLs are meant for the person who signs in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How requests to a custom gateway are authenticated, told apart by `mode`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mode", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GatewayAuth {
    /// Without credentials.
    None,
    /// By a key in an environment variable of the server.
    EnvironmentVariable {
        /// Name of the variable, not its value.
        env_key: String,
    },
    /// By settings that the gateway form does not cover; whoever edits the provider leaves them as they are.
    ExternallyConfigured {
        /// Name of an environment variable among those settings; null when none is named.
        env_key: Option<String>,
    },
}

/// Result of `account/gatewayOAuth/cancel`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayOAuthCancelResponse {}

/// `account/gatewayOAuth/changed`: how the login to a provider's gateway stands now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayOAuthChangedNotification {
    /// Id of the device login that ended, as in `prompt.loginId`; null for other news.
    pub login_id: Option<String>,
    /// URL to sign in at, for the asking connection alone; null for all others and when there is nothing to open.
    pub auth_url: Option<String>,
    /// Id of the provider whose gateway it is.
    pub provider_id: String,
    /// How the login stands.
    pub status: GatewayOAuthStatus,
    /// What went wrong, for people; null when nothing did.
    pub error: Option<String>,
}

/// Params of `account/gatewayOAuth/login`: which provider, and by which kind of login.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayOAuthLoginParams {
    /// Id of a configured provider; absent or null: the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
    /// Signs in by device authorization, for which `account/gatewayOAuth/read` must have said `supportsDeviceAuth`.
    /// Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub device_auth: bool,
}

/// Result of `account/gatewayOAuth/login`: the login has started; how it ends comes as `account/gatewayOAuth/changed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatewayOAuthLoginResponse {
    /// What to show the user for device authorization; null for other logins.
    pub prompt: Option<GatewayOAuthPrompt>,
}

/// What a user needs to finish a device login on any device with a browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayOAuthPrompt {
    /// Id of this attempt; comes back in `account/gatewayOAuth/changed`.
    pub login_id: String,
    /// Page to open in a browser.
    pub verification_url: String,
    /// Code to type in on that page.
    pub user_code: String,
}

/// Params of `account/gatewayOAuth/read`: which provider to look at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayOAuthReadParams {
    /// Id of a configured provider; absent or null: the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model_provider: Option<String>,
}

/// Result of `account/gatewayOAuth/read`: what holds for the provider at present, without any credential.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GatewayOAuthReadResponse {
    /// Id of the provider the answer is about.
    pub provider_id: String,
    /// The provider's name for people.
    pub provider_name: String,
    /// Whether the provider signs in by gateway OAuth; stays true once signed in.
    pub required: bool,
    /// Whether an endpoint for device authorization is set up, so that `deviceAuth` may be asked for. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub supports_device_auth: bool,
    /// How the login stands; null for a provider without gateway OAuth.
    pub status: Option<GatewayOAuthStatus>,
    /// What went wrong, for people; null when nothing did.
    pub error: Option<String>,
}

/// How a gateway login stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GatewayOAuthStatus {
    /// There are no usable credentials, and no login runs.
    NotReady,
    /// A login runs.
    Started,
    /// Credentials are at hand.
    Succeeded,
    /// The login failed; `error` may say why.
    Failed,
}
