//! Signing in and out: the kinds of login, how one proceeds and ends, and the requests by which the server asks the
//! client for fresh tokens or an attestation. API keys, access keys and tokens are secrets: they travel in these types
//! but are never logged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::PlanType;

/// Params of `attestation/generate`; there are none to give.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttestationGenerateParams {}

/// The client's answer to `attestation/generate`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttestationGenerateResponse {
    /// The token, sent on as it is with the request to the model; a secret: never logged.
    pub token: String,
}

/// Params of `account/chatgptAuthTokens/refresh`: why, and for which workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatgptAuthTokensRefreshParams {
    /// Why new tokens are needed.
    pub reason: ChatgptAuthTokensRefreshReason,
    /// Id of the workspace in use so far, a hint for clients that hold several logins; null when the old login named
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_account_id: Option<String>,
}

/// Why the server wants new tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChatgptAuthTokensRefreshReason {
    /// The backend answered a request with status 401.
    Unauthorized,
}

/// The client's answer to `account/chatgptAuthTokens/refresh`: what to use from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatgptAuthTokensRefreshResponse {
    /// The new access token, a JWT; a secret: never logged.
    pub access_token: String,
    /// Id of the workspace the token is for. A wrong one fails the turn.
    pub chatgpt_account_id: String,
    /// The plan, in lower case; null takes it from the token.
    pub chatgpt_plan_type: Option<String>,
}

/// `account/login/completed`: how a login ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountLoginCompletedNotification {
    /// The login, as answered by `account/login/start`; null for kinds that are done at once, such as API keys.
    pub login_id: Option<String>,
    /// Whether the user is signed in now.
    pub success: bool,
    /// Why it failed, for people; null on success. Clients match some of these texts, so they are fixed.
    pub error: Option<String>,
    /// Where a desktop app begins its onboarding; null for the usual place.
    pub onboarding_entrypoint: Option<DesktopOnboardingEntrypoint>,
}

/// `account/updated`: the login in use from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccountUpdatedNotification {
    /// Kind of the login; null when signed out.
    pub auth_mode: Option<AuthMode>,
    /// Plan of a ChatGPT login; null for other kinds and when signed out.
    pub plan_type: Option<PlanType>,
}

/// Kinds of login, as reported by `account/updated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum AuthMode {
    /// An API key that the client gave and the server stores.
    Apikey,
    /// A ChatGPT login whose tokens the server stores and renews.
    Chatgpt,
    /// ChatGPT tokens that the client supplies and renews; the server holds them in memory only. Unstable, and meant
    /// for OpenAI's own apps.
    ChatgptAuthTokens,
    /// Headers that are sent along with requests to the backend.
    Headers,
    /// A registered agent identity, for programs.
    AgentIdentity,
    /// A personal access token, for programs.
    PersonalAccessToken,
    /// A bearer token for Amazon Bedrock that the server stores.
    BedrockApiKey,
    /// AWS access keys for Amazon Bedrock that the server stores.
    BedrockAccessKeys,
}

/// Params of `account/login/cancel`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelLoginAccountParams {
    /// The login to cancel, a UUID as answered by `account/login/start`.
    pub login_id: String,
}

/// Result of `account/login/cancel`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CancelLoginAccountResponse {
    /// Whether there was such a login.
    pub status: CancelLoginAccountStatus,
}

/// What cancelling a login did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CancelLoginAccountStatus {
    /// The login is cancelled.
    Canceled,
    /// No login with this id is under way.
    NotFound,
}

/// Places where a desktop app may begin its onboarding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DesktopOnboardingEntrypoint {
    /// The one for life sciences.
    LifeSciences,
}

/// Params of `account/login/start`: how to sign in. A `forced_login_method` in the configuration refuses the kinds it
/// rules out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LoginAccountParams {
    /// With an API key, stored by the server; done at once.
    ApiKey {
        /// The key, a secret: never logged. It is not checked, not even for being empty.
        api_key: String,
    },
    /// With ChatGPT in a browser on the server's machine. The server listens for the browser on port 1455 of 127.0.0.1,
    /// else 1457, and gives up after 10 minutes.
    Chatgpt {
        /// Tells the page shown on success that the client wants the streamlined login. Default false.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        codex_streamlined_login: bool,
        /// Sends the browser to the vendor's page on success instead of one that the server shows. Default false.
        #[serde(default, skip_serializing_if = "crate::is_default")]
        use_hosted_login_success_page: bool,
        /// App that the vendor's page names on success, together with `useHostedLoginSuccessPage`; null is the same as
        /// absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        app_brand: Option<LoginAppBrand>,
    },
    /// With ChatGPT, by a code typed in on any device with a browser; ends without success after 15 minutes. Refused
    /// with -32600 where the login server does not offer it.
    ChatgptDeviceCode,
    /// With ChatGPT tokens that the client holds and renews; kept in memory only, and sending them again replaces them.
    /// Unstable, and meant for OpenAI's own apps.
    ChatgptAuthTokens {
        /// The access token, a JWT with the scopes of the server's own logins; also read for the mail address. A
        /// secret: never logged.
        access_token: String,
        /// Id of the workspace; not compared with the token. Must be one of `forced_chatgpt_workspace_id` where that is
        /// set.
        chatgpt_account_id: String,
        /// The plan, in lower case; wins over the token's. Absent or null: from the token, else `unknown`.
        #[serde(skip_serializing_if = "Option::is_none")]
        chatgpt_plan_type: Option<String>,
    },
    /// With a bearer token for Amazon Bedrock, which becomes the configured provider until logout. Unstable.
    AmazonBedrock {
        /// The token, a secret: never logged.
        api_key: String,
        /// AWS region; one that Bedrock support does not cover is refused.
        region: String,
    },
    /// With AWS access keys for Amazon Bedrock, which becomes the configured provider until logout. Unstable.
    AmazonBedrockAccessKeys {
        /// Id of the key pair.
        access_key_id: String,
        /// Secret half of the pair: never logged.
        secret_access_key: String,
        /// Session token that belongs to temporary keys, a secret: never logged. Absent or null: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        session_token: Option<String>,
        /// AWS region; one that Bedrock support does not cover is refused.
        region: String,
    },
}

/// Result of `account/login/start`, by the kind of login.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LoginAccountResponse {
    /// The API key is stored.
    ApiKey,
    /// A browser login waits for the user.
    Chatgpt {
        /// Id for cancelling, and for matching `account/login/completed`; a UUID.
        login_id: String,
        /// Page to open in a browser on the server's machine.
        auth_url: String,
    },
    /// A device login waits for the user.
    ChatgptDeviceCode {
        /// Id for cancelling, and for matching `account/login/completed`; a UUID.
        login_id: String,
        /// Page to open in a browser, on any device.
        verification_url: String,
        /// Code to type in on that page once signed in; good for one use.
        user_code: String,
    },
    /// The client's tokens are in use.
    ChatgptAuthTokens,
    /// The credentials for Amazon Bedrock are stored.
    AmazonBedrock,
}

/// Apps that the vendor's page can name after a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LoginAppBrand {
    /// Codex.
    Codex,
    /// ChatGPT.
    Chatgpt,
}

/// Result of `account/logout`; it has no fields: an answer means that nobody is signed in any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LogoutAccountResponse {}
