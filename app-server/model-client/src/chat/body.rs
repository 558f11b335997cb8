//! The request's body.

use serde::Serialize;
use serde_json::{Value, json};

use super::messages::{Message, messages};
use super::tools::{ToolNames, tools};
use crate::request::ModelRequest;
use crate::responses::SCHEMA_NAME;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: Vec<Message>,
    stream: bool,
    stream_options: StreamOptions,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_choice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallel_tool_calls: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_tier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verbosity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

/// The body, and the names under which the tools are offered in it.
pub(crate) fn body(request: &ModelRequest) -> serde_json::Result<(Vec<u8>, ToolNames)> {
    let (tools, names) = tools(&request.tools);
    let text = request.text.as_ref();
    let offered = !tools.is_empty();
    let body = Body {
        model: &request.model,
        messages: messages(&request.input, &names),
        stream: true,
        stream_options: StreamOptions { include_usage: true },
        tool_choice: offered.then_some("auto"),
        parallel_tool_calls: offered.then_some(request.parallel_tool_calls),
        tools,
        reasoning_effort: request.reasoning.as_ref().and_then(|reasoning| reasoning.effort.as_deref()),
        service_tier: request.service_tier.as_deref(),
        verbosity: text.and_then(|text| text.verbosity.as_deref()),
        response_format: text.and_then(|text| text.output_schema.as_ref()).map(|schema| {
            json!({"type": "json_schema", "json_schema": {"name": SCHEMA_NAME, "strict": true, "schema": schema}})
        }),
    };
    Ok((serde_json::to_vec(&body)?, names))
}
