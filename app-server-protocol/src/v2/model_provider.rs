//! Model providers: which ones are configured, how they are set up, and what they can do. No type here carries a key or
//! token; they name environment variables and files at most. When the server repairs its authentication at a provider
//! during a turn, notifications tell so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::{BedrockProviderId, GatewayAuth, GcpProviderId};

/// Params of `modelProvider/authRecoveryStarted` and `modelProvider/authRecoveryCompleted`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuthRecoveryNotification {
    /// The thread in which it happens.
    pub thread_id: String,
    /// The turn in which it happens.
    pub turn_id: String,
    /// The model provider in question.
    pub provider: String,
    /// What happens, for people.
    pub message: String,
}

/// Params of `modelProvider/capabilities/read`; it has no fields, but `{}` must be sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderCapabilitiesReadParams {}

/// Result of `modelProvider/capabilities/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelProviderCapabilitiesReadResponse {
    /// Whether the provider can generate images.
    pub image_generation: bool,
    /// Whether the provider can search the web.
    pub web_search: bool,
}

/// Params of `modelProvider/config/write`; unknown fields are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelProviderConfigWriteParams {
    /// What to change, by kind of provider.
    pub settings: ProviderSettingsPatch,
}

/// Result of `modelProvider/config/write`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderConfigWriteResponse {
    /// The provider after the write.
    pub provider: ModelProviderSummary,
}

/// What `data` of a JSON-RPC error says when the model provider is at fault. Clients treat kinds they do not know as
/// any other error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ModelProviderError {
    /// Another provider is in use than the one wanted.
    ModelProviderMismatch {
        /// Id of the provider that was wanted.
        model_provider: String,
        /// Id of the provider in use.
        current_model_provider: String,
    },
    /// The provider is not configured.
    ModelProviderNotConfigured {
        /// Id of the provider that was wanted.
        model_provider: String,
    },
    /// A managed policy demands another provider.
    ModelProviderPolicyConflict {
        /// Id of the provider that was wanted.
        model_provider: String,
        /// Id of the provider that the policy demands.
        required_model_provider: String,
    },
}

/// Params of `modelProvider/list`; it has no fields, but `{}` must be sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelProviderListParams {}

/// Result of `modelProvider/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelProviderListResponse {
    /// The providers.
    pub data: Vec<ModelProviderSummary>,
    /// Id of the provider that threads use when they name none.
    pub default_provider_id: String,
    /// Whether the client may choose another default.
    pub can_change_default: bool,
}

/// A model provider and its settings, as far as they may be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelProviderSummary {
    /// Id of the provider, as used in the configuration and by `thread/start`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Whether `modelProvider/config/write` can change something about it in the user's configuration.
    pub can_edit: bool,
    /// Base URL of its API; null when there is none, or when showing it would not be safe.
    pub base_url: Option<String>,
    /// Its settings, by kind.
    pub settings: ProviderSettings,
}

/// Settings of a provider as read, by kind. `ProviderSettingsPatch` is the form to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ProviderSettings {
    /// The service of OpenAI; it has no settings here.
    Openai,
    /// Any other service that speaks the same API.
    CustomGateway {
        /// How requests to it are authenticated.
        auth: GatewayAuth,
    },
    /// Models served by Amazon Bedrock.
    Bedrock {
        /// Name of the AWS profile; null when not set.
        profile: Option<String>,
        /// AWS region; null when not set.
        region: Option<String>,
    },
    /// Models served by Google Cloud.
    Gcp {
        /// Id of the Google Cloud project; null when not set.
        project_id: Option<String>,
        /// Google Cloud location; null when not set.
        location: Option<String>,
        /// Path of the file with credentials, on the host of the server; null when not set. The content is never shown.
        credential_file: Option<String>,
    },
}

/// Changes to the settings of a provider. An absent field stays as it is, null clears one that may be empty; unknown
/// fields are refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ProviderSettingsPatch {
    /// A service of the user's choice that speaks the same API as OpenAI.
    CustomGateway(CustomGatewaySettingsParams),
    /// The AWS settings of a built-in Bedrock provider.
    Bedrock(BedrockSettingsParams),
    /// The settings of the built-in Google Cloud provider.
    Gcp(GcpSettingsParams),
}

/// Changes to a service that speaks the same API as OpenAI.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(inline)]
pub struct CustomGatewaySettingsParams {
    /// Id of the provider to change. Absent or null: a new provider is created and gets an id.
    pub provider_id: Option<String>,
    /// Name for people; absent keeps it, null is not allowed.
    #[schemars(with = "String")]
    #[serde(default, deserialize_with = "crate::never_null", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Base URL of its API. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub base_url: Option<Option<String>>,
    /// Name of the environment variable that holds the key, not the key itself. Three states: absent keeps it, null
    /// clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub env_key: Option<Option<String>>,
}

/// Changes to a built-in Bedrock provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(inline)]
pub struct BedrockSettingsParams {
    /// Which of the built-in Bedrock providers.
    pub provider_id: BedrockProviderId,
    /// Name of the AWS profile. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub profile: Option<Option<String>>,
    /// AWS region. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub region: Option<Option<String>>,
}

/// Changes to the built-in Google Cloud provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(inline)]
pub struct GcpSettingsParams {
    /// Which of the built-in Google Cloud providers; there is one.
    pub provider_id: GcpProviderId,
    /// Id of the Google Cloud project. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub project_id: Option<Option<String>>,
    /// Google Cloud location. Three states: absent keeps it, null clears it, a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub location: Option<Option<String>>,
    /// Path of the file with credentials, on the host of the server. Three states: absent keeps it, null clears it,
    /// a value sets it.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub credential_file: Option<Option<String>>,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    #[test]
    fn patches_are_refused_with_the_texts_of_the_reference() {
        let refusal = |patch: Value| from_value::<ProviderSettingsPatch>(patch).unwrap_err().to_string();
        assert_eq!(refusal(json!({ "type": "customGateway", "name": null })), "invalid type: null, expected a string");
        assert_eq!(
            refusal(json!({ "type": "customGateway", "zzz": 1 })),
            "unknown field `zzz`, expected one of `providerId`, `name`, `baseUrl`, `envKey`"
        );
        let text = "invalid length 0, expected struct BedrockSettingsParams with 3 elements";
        assert_eq!(refusal(json!(["bedrock"])), text);
    }

    #[test]
    fn all_fields_but_the_first_may_be_left_out() {
        for patch in [json!(["bedrock", "amazon-bedrock"]), json!(["customGateway", null]), json!(["gcp", "gcp"])] {
            from_value::<ProviderSettingsPatch>(patch).unwrap();
        }
    }
}
