//! Proof that the user is present, by a key in the machine's own keystore that signs a challenge once the user agrees.
//! All of it is local to the server's machine and experimental; where there is no keystore, `userVerification/status`
//! says so and the other methods fail. Params with unknown fields are refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::RequestId;

/// Params of `userVerification/cancel`. It cancels requests, not elicitations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserVerificationCancelParams {
    /// JSON-RPC id of the request to cancel, not that of this one; give each request its own id.
    pub request_id: RequestId,
}

/// Result of `userVerification/cancel`; it has no fields. The signal is passed on, but the platform may take a while to
/// stop.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserVerificationCancelResponse {}

/// Who ended a verification early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum UserVerificationCancellationReason {
    /// The user said no.
    UserCancelled,
    /// It was interrupted from elsewhere.
    Interrupted,
}

/// Params of `userVerification/delete`; it takes none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserVerificationDeleteParams {}

/// Result of `userVerification/delete`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserVerificationDeleteResponse {}

/// Params of `userVerification/enroll`; it takes none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserVerificationEnrollParams {}

/// Result of `userVerification/enroll`: the public part of the credential, new or not. No backend knows it yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserVerificationEnrollResponse {
    /// Id of the credential.
    pub credential_id: String,
    /// Signature algorithm of the key; null or absent from older servers, and then there is nothing to register.
    pub algorithm: Option<String>,
    /// Public key as DER of a SubjectPublicKeyInfo, in base64url without padding; null or absent from older servers,
    /// and then there is nothing to register.
    pub public_key: Option<String>,
}

/// Why a verification request failed, as `data` of its error. The list is closed, and nothing the platform said is
/// passed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, tag = "type", rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum UserVerificationErrorDetails {
    /// The request was wrong.
    InvalidRequest {
        /// What was wrong with it.
        reason: UserVerificationInvalidRequestReason,
    },
    /// Verification is not possible here at present.
    Unavailable {
        /// What is missing.
        reason: UserVerificationUnavailableReason,
    },
    /// It was ended early.
    Cancelled {
        /// Who ended it.
        reason: UserVerificationCancellationReason,
    },
    /// It was tried and failed.
    Failed {
        /// What failed.
        reason: UserVerificationFailureReason,
    },
}

/// What failed in a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum UserVerificationFailureReason {
    /// The user was not recognized.
    AuthenticationFailed,
    /// It took too long.
    Timeout,
    /// The platform's keystore failed.
    ProviderError,
    /// The service behind it failed.
    ServiceError,
}

/// What was wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum UserVerificationInvalidRequestReason {
    /// Its params.
    InvalidParams,
}

/// A signature over the bytes of the challenge. Whoever set the challenge checks it, and takes it once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(extend("x-experimental" = true))]
pub struct UserVerificationProof {
    /// Id of the credential that signed.
    pub credential_id: String,
    /// ECDSA signature (P-256 with SHA-256) as DER, in base64url without padding.
    pub signature: String,
}

/// Error of a verification request, in the place of the usual JSON-RPC error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-experimental" = true))]
pub struct UserVerificationRpcError {
    /// JSON-RPC error code; -32603 when verification is unavailable.
    pub code: i64,
    /// What happened, for people.
    pub message: String,
    /// Why, for programs.
    pub data: UserVerificationErrorDetails,
}

/// Params of `userVerification/status`; it takes none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserVerificationStatusParams {}

/// Result of `userVerification/status`: whether this machine is ready. What a backend has registered is not looked up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserVerificationStatusResponse {
    /// Id of the local credential; null when there is none.
    pub credential_id: Option<String>,
    /// Why verification is not possible; null when it is.
    pub unavailable_reason: Option<UserVerificationUnavailableReason>,
    /// The same for people; null when it is possible or there is nothing to add.
    pub unavailable_message: Option<String>,
}

/// What is missing for a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum UserVerificationUnavailableReason {
    /// There is no local credential; `userVerification/enroll` makes one.
    CredentialMissing,
    /// Biometrics cannot be used at present.
    BiometricsUnavailable,
    /// The machine has no keystore that the server can use.
    ProviderUnavailable,
}

/// Params of `userVerification/verify`: what to sign, and what the user reads before agreeing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserVerificationVerifyParams {
    /// The bytes to sign, 1 to 4096 of them, in base64url without padding.
    pub challenge: String,
    /// Headline for the user, already agreed to in the client's own display; 1 to 256 bytes of UTF-8.
    pub title: String,
    /// Further text for the user, at most 4096 bytes of UTF-8; may be empty.
    pub description: String,
}

/// Result of `userVerification/verify`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserVerificationVerifyResponse {
    /// The signature, to hand to whoever set the challenge.
    pub proof: UserVerificationProof,
}
