//! A counter per thread for questions to the user that a helper asks outside this protocol. While it is above zero, the
//! time that passes is not counted towards timeouts. The domain is experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Params of `thread/decrement_elicitation`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadDecrementElicitationParams {
    /// The thread whose counter goes down by one.
    pub thread_id: String,
}

/// Result of `thread/decrement_elicitation`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadDecrementElicitationResponse {
    /// Questions still open.
    pub count: i64,
    /// Whether time is still not counted towards timeouts.
    pub paused: bool,
}

/// Params of `thread/increment_elicitation`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadIncrementElicitationParams {
    /// The thread whose counter goes up by one.
    pub thread_id: String,
}

/// Result of `thread/increment_elicitation`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadIncrementElicitationResponse {
    /// Questions open now, this one included.
    pub count: i64,
    /// Whether time is now not counted towards timeouts.
    pub paused: bool,
}
