//! The envelope as types, for schemas and for clients that want to check whole messages.
//!
//! The server itself reads lines with [`crate::envelope`], which does not build these.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::RequestId;

/// Any message, either way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "JSONRPCMessage", extend("x-root" = true))]
pub enum JsonRpcMessage {
    /// Wants exactly one answer.
    Request(JsonRpcRequest),
    /// Is never answered.
    Notification(JsonRpcNotification),
    /// Answers a request with a result.
    Response(JsonRpcResponse),
    /// Answers a request with an error.
    Error(JsonRpcError),
}

/// A request: it wants exactly one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JSONRPCRequest", extend("x-root" = true))]
pub struct JsonRpcRequest {
    /// Chosen by the sender and echoed in the answer.
    pub id: RequestId,
    /// The method's name.
    pub method: String,
    /// What the method takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<Value>,
    /// W3C trace context that the request belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<W3cTraceContext>,
}

/// A notification: it is never answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JSONRPCNotification", extend("x-root" = true))]
pub struct JsonRpcNotification {
    /// The method's name.
    pub method: String,
    /// What it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<Value>,
}

/// The answer to a request that succeeded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JSONRPCResponse", extend("x-root" = true))]
pub struct JsonRpcResponse {
    /// The id of the request.
    pub id: RequestId,
    /// What the method answers.
    pub result: Value,
}

/// The answer to a request that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JSONRPCError", extend("x-root" = true))]
pub struct JsonRpcError {
    /// What went wrong.
    pub error: JsonRpcErrorError,
    /// The id of the request.
    pub id: RequestId,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JSONRPCErrorError", extend("x-root" = true))]
pub struct JsonRpcErrorError {
    /// The JSON-RPC code.
    pub code: i64,
    /// More for programs; see [`crate::RpcError::data`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// What was wrong, for people.
    pub message: String,
}

/// W3C trace context of a request, so that traces cross the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-root" = true))]
pub struct W3cTraceContext {
    /// The `traceparent` header's value.
    #[serde(default)]
    pub traceparent: Option<String>,
    /// The `tracestate` header's value.
    #[serde(default)]
    pub tracestate: Option<String>,
}
