//! The request: body and headers in the order the reference sends them.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use crate::request::{ModelRequest, ReasoningOptions, RequestIdentity, TextOptions};

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    stream: bool,
    input: &'a [Arc<RawValue>],
    tools: &'a [Arc<RawValue>],
    tool_choice: &'static str,
    parallel_tool_calls: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<&'a ReasoningOptions>,
    store: bool,
    include: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    service_tier: Option<&'a str>,
    prompt_cache_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    #[serde(serialize_with = "pairs")]
    client_metadata: &'a [(String, String)],
}

#[derive(Serialize)]
struct Text<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verbosity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<Format<'a>>,
}

#[derive(Serialize)]
struct Format<'a> {
    r#type: &'static str,
    strict: bool,
    schema: &'a serde_json::Value,
    name: &'static str,
}

/// The name under which an output schema is sent.
pub(crate) const SCHEMA_NAME: &str = "codex_output_schema";

fn pairs<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len()))?;
    for (name, value) in pairs {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

impl<'a> Text<'a> {
    fn of(options: &'a TextOptions) -> Option<Self> {
        let verbosity = options.verbosity.as_deref();
        let format = options.output_schema.as_ref().map(|schema| Format {
            r#type: "json_schema",
            strict: true,
            schema,
            name: SCHEMA_NAME,
        });
        (verbosity.is_some() || format.is_some()).then_some(Self { verbosity, format })
    }
}

/// The body of a request.
pub(crate) fn body(request: &ModelRequest) -> serde_json::Result<Vec<u8>> {
    let items = request.input.iter().chain(&request.tools).map(|item| item.get().len() + 1).sum::<usize>();
    let mut bytes = Vec::with_capacity(items + 4096);
    let body = Body {
        model: &request.model,
        stream: true,
        input: &request.input,
        tools: &request.tools,
        tool_choice: "auto",
        parallel_tool_calls: request.parallel_tool_calls,
        reasoning: request.reasoning.as_ref(),
        store: false,
        include: &["reasoning.encrypted_content"],
        service_tier: request.service_tier.as_deref(),
        prompt_cache_key: &request.identity.thread_id,
        text: request.text.as_ref().and_then(Text::of),
        client_metadata: &request.client_metadata,
    };
    serde_json::to_writer(&mut bytes, &body)?;
    Ok(bytes)
}

/// The headers that say who asks, in their order.
pub(crate) fn identity_headers(identity: &RequestIdentity) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("x-codex-beta-features", "remote_compaction_v2"),
        ("x-codex-window-id", identity.window_id.as_str()),
        ("x-codex-turn-metadata", &identity.turn_metadata),
        ("x-openai-subagent", identity.subagent.as_deref().unwrap_or_default()),
        ("x-client-request-id", &identity.thread_id),
        ("session-id", &identity.session_id),
        ("thread-id", &identity.thread_id),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
}
