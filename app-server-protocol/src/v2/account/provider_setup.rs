//! Setting up models from a cloud: Amazon Bedrock with credentials that are already on the server's machine, and Vertex
//! AI of Google Cloud. No type here carries a secret; the methods are experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of AWS credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum AwsCredentialType {
    /// A pair of AWS access keys.
    AccessKeys,
    /// A bearer token for Amazon Bedrock.
    BedrockApiKey,
}

/// An AWS profile on the server's machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-experimental" = true))]
pub struct BedrockAwsProfile {
    /// Name of the profile, for `account/bedrock/setup`.
    pub name: String,
    /// AWS region that the profile names; null when it names none.
    pub region: Option<String>,
}

/// Params of `account/bedrock/checkGovCloudRequirements`; it takes none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BedrockCheckGovCloudRequirementsParams {}

/// Result of `account/bedrock/checkGovCloudRequirements`: advice about the configuration as it is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BedrockCheckGovCloudRequirementsResponse {
    /// Whether the credentials in use lead to a GovCloud region.
    pub is_gov_cloud: bool,
    /// True in a GovCloud region when the managed requirements fall short of its baseline. False does not vouch for the
    /// network settings as a whole.
    pub should_warn: bool,
}

/// Params of `account/bedrock/discover`; it takes none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BedrockDiscoverParams {}

/// Result of `account/bedrock/discover`: what a setup can build on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BedrockDiscoverResponse {
    /// The AWS profiles found; may be empty.
    pub profiles: Vec<BedrockAwsProfile>,
    /// The credentials found in the server's environment, by kind and without their values; may be empty.
    pub environment_credentials: Vec<BedrockEnvironmentCredential>,
}

/// AWS credentials in the server's environment; their values stay there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-experimental" = true))]
pub struct BedrockEnvironmentCredential {
    /// Which kind they are.
    pub r#type: AwsCredentialType,
    /// AWS region that the environment names; null when it names none.
    pub region: Option<String>,
}

/// Ids of the providers that use Amazon Bedrock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BedrockProviderId {
    /// The built-in provider for Amazon Bedrock, the one a Bedrock login selects.
    AmazonBedrock,
    /// The provider for the Bedrock runtime.
    AmazonBedrockRuntime,
}

/// Params of `account/bedrock/setup`: where the credentials come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum BedrockSetupParams {
    /// From an AWS profile.
    Profile {
        /// Name of the profile.
        profile: String,
        /// AWS region to use.
        region: String,
    },
    /// From the server's environment.
    Environment {
        /// AWS region to use.
        region: String,
    },
}

/// Result of `account/bedrock/setup`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BedrockSetupResponse {}

/// Ids of the providers that use Google Cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum GcpProviderId {
    /// The provider for Vertex AI.
    Gcp,
}

/// Params of `account/gcp/setup`: which project and place, and by which credentials.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GcpSetupParams {
    /// Id of the Google Cloud project.
    pub project_id: String,
    /// Location of Vertex AI; absent or null: `global`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Absolute path of the file with the credentials, on the server's machine. Absent or null removes the user's
    /// setting and relies on the application default credentials; when a setting elsewhere still names a file, the
    /// setup fails and saves nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_file: Option<String>,
}

/// Result of `account/gcp/setup`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GcpSetupResponse {}
