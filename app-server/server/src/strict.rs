//! Strict mode, an extension: what is dropped or passed over in silence is answered with an error that names the place.

use std::sync::OnceLock;

use codex_app_server_protocol::export::{self, Surface};
use codex_app_server_protocol::{ClientRequest, ErrorKind, Extension, RpcError};
use codex_app_server_schema_tools::Export;
use serde_json::Value;
use serde_json::value::RawValue;

/// The error for a line that is dropped.
pub(crate) fn unread_line(reason: &dyn std::fmt::Display) -> RpcError {
    RpcError::new(ErrorKind::Unread, format!("Strict mode: the line was dropped: {reason}"))
}

/// Whether a client is strict with this very request: its own `initialize` asks for it.
pub(crate) fn begins_with(request: &ClientRequest) -> bool {
    let ClientRequest::Initialize(params) = request else { return false };
    let listed = params.capabilities.as_ref().and_then(|capabilities| capabilities.extensions.as_ref());
    listed.is_some_and(|listed| listed.contains_key(Extension::Strict.name()))
}

/// Checks that every key of a message is read.
///
/// # Errors
/// With the first that is not.
pub(crate) fn check_keys(unread: Option<&str>) -> Result<(), RpcError> {
    let Some(key) = unread else { return Ok(()) };
    let message = format!("Strict mode: messages have no key {key}");
    Err(RpcError::new(ErrorKind::Unread, message).subject(key))
}

/// Checks that the server knows every field of the params.
///
/// # Errors
/// With the place of the first field that it does not know, as a JSON pointer below the params.
pub(crate) fn check(method: &str, params: Option<&RawValue>) -> Result<(), RpcError> {
    let Some(params) = params.and_then(|params| serde_json::from_str::<Value>(params.get()).ok()) else {
        return Ok(());
    };
    let Some(place) = whole_wire().and_then(|wire| wire.unread_param(method, &params)) else {
        return Ok(());
    };
    let message = format!("Strict mode: {method} has no field {place} in its params");
    Err(RpcError::new(ErrorKind::Unread, message).subject(place))
}

/// Our own schema of the whole wire, made by the first strict client's `initialize`.
fn whole_wire() -> Option<&'static Export> {
    static WIRE: OnceLock<Option<Export>> = OnceLock::new();
    let make = || {
        let (bundle, methods) = export::own_documents(Surface::Experimental);
        Export::from_own(&bundle, Some(&methods))
            .inspect_err(|error| tracing::error!(%error, "strict mode does without the schema"))
            .ok()
    };
    WIRE.get_or_init(make).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(method: &str, params: &str) -> Option<String> {
        let params = RawValue::from_string(params.to_owned()).unwrap();
        let error = check(method, Some(&params)).err()?;
        Some(error.data.unwrap()["subject"].as_str().unwrap().to_owned())
    }

    #[test]
    fn the_place_of_a_field_that_nothing_knows_is_told() {
        let turn = |input: &str| format!(r#"{{"threadId":"t","input":[{{"type":"text","text":"x"{input}}}]}}"#);
        assert_eq!(place("turn/start", &turn("")), None);
        assert_eq!(place("turn/start", &turn(r#","txt":1"#)).unwrap(), "/input/0/txt");
        assert_eq!(place("thread/start", r#"{"config":{"any":{"thing":1}},"modle":"x"}"#).unwrap(), "/modle");
        assert_eq!(
            place("initialize", r#"{"clientInfo":{"name":"n","version":"1","titel":""}}"#).unwrap(),
            "/clientInfo/titel"
        );
        let free = r#"{"config":{"a":[{"b":1},[{"c":1}]]}}"#;
        assert_eq!(place("thread/start", free), None, "what is free may hold lists, too");
        let write = r#"{"keyPath":"hooks","value":[{"command":["x"],"more":[{}]}],"mergeStrategy":"replace"}"#;
        assert_eq!(place("config/value/write", write), None);
        assert_eq!(place("ext/thread/replay", r#"{"threadId":"t"}"#), None);
    }
}
