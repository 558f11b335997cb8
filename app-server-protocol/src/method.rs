//! What is known about a method: its row in a table, its params and result types, the order its requests keep.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::error::{ErrorKind, RpcError};

/// How far clients may rely on a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Stability {
    /// In both exports; changes only in compatible ways.
    Stable,
    /// Only for connections that ask for `experimentalApi`, and only in the experimental export.
    Experimental,
    /// Our own; never in the compatible exports.
    Extension,
    /// Answered for old clients, in no export.
    Hidden,
}

/// Who sends a method, and whether it is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// A request of the client, answered by the server.
    ClientRequest,
    /// A request of the server, answered by the client.
    ServerRequest,
    /// Told by the server, never answered.
    ServerNotification,
    /// Told by the client, never answered.
    ClientNotification,
}

/// Builds the schema of one type of a row.
pub type SchemaFn = fn(&mut SchemaGenerator) -> Schema;

/// The types of a row, for the exporter.
#[derive(Clone, Copy, Debug)]
pub struct Schemas {
    /// Name of the params type; `None` for a method without params.
    pub params_name: fn() -> Option<Cow<'static, str>>,
    /// Schema of the params.
    pub params: SchemaFn,
    /// Name of the result type; `None` for notifications.
    pub result_name: fn() -> Option<Cow<'static, str>>,
    /// Schema of the result; of the null type for notifications.
    pub result: SchemaFn,
    /// Where the types are declared: their module path, which decides the files they are exported to.
    pub module: &'static str,
}

/// One line of a method table.
#[derive(Clone, Copy, Debug)]
pub struct MethodRow {
    /// The name on the wire, such as `thread/start`.
    pub name: &'static str,
    /// Who sends it.
    pub direction: Direction,
    /// How far clients may rely on it.
    pub stability: Stability,
    /// What it does, one entry per line of its docstring.
    pub docs: &'static [&'static str],
    /// The version of the wire that has it first.
    pub since: &'static str,
    /// The order its requests keep (see [`Scope`]) as its row says it: a name and, in brackets, what tells two orders of
    /// that name apart; empty for what has none.
    pub scope: &'static str,
    /// Whether this server only knows its types: a planned request is answered with "not supported yet", a planned
    /// notification is never sent.
    pub planned: bool,
    /// What of its behaviour this server does not have yet; empty when nothing is missing.
    pub partly: &'static str,
    /// Notifications and requests of the server that may follow from a request, by name.
    pub causes: &'static [&'static str],
    /// Whether it runs a turn, from which everything may follow that is `of_turn`.
    pub runs_turn: bool,
    /// Whether turns send it.
    pub of_turn: bool,
    /// Errors of its own, beside those that every request may get ([`ErrorKind::of_every_request`]).
    pub fails: &'static [ErrorKind],
    /// The types.
    pub schemas: Schemas,
}

impl MethodRow {
    /// What it does, as one text.
    #[must_use]
    pub fn description(&self) -> String {
        self.docs.iter().map(|line| line.trim()).collect::<Vec<_>>().join("\n")
    }
}

/// A request method, either way: its name and its types.
pub trait Request: Send + Sync + 'static {
    /// The name on the wire.
    const NAME: &'static str;
    /// How far clients may rely on it.
    const STABILITY: Stability;
    /// What the sender gives.
    type Params: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
    /// What the receiver answers.
    type Result: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
}

/// A method that clients call.
pub trait ClientMethod: Request {
    /// The request with these params.
    fn request(params: Self::Params) -> crate::ClientRequest;
}

/// A notification method, either way: its name and its type.
pub trait Notification: Send + Sync + 'static {
    /// The name on the wire.
    const NAME: &'static str;
    /// What it tells.
    type Params: Serialize + DeserializeOwned + JsonSchema + Send + 'static;
}

/// Is shown every request of a table with its types; see `ClientRequest::each`.
pub trait EachRequest {
    /// One request.
    fn request<M: Request>(&mut self);
}

/// Is shown every notification of a table with its type; see `ServerNotification::each`.
pub trait EachNotification {
    /// One notification.
    fn notification<M: Notification>(&mut self);
}

/// Answers one method. A row of [`crate::ClientRequest`] that is not planned and has no implementation does not compile.
///
/// `R` is what carries the answer back; the implementation decides when it is sent, so that an answer can go out before
/// the notifications that follow from it.
pub trait Handle<M: Request, R>: Sized {
    /// Handles one request and answers it through `reply`.
    fn handle(self, params: M::Params, reply: R) -> impl Future<Output = ()> + Send;
}

/// What a method that is still planned answers through.
pub trait Refuse: Send + 'static {
    /// Answers with an error.
    fn refuse(self, error: RpcError);
}

/// Which requests keep their order among each other, and whether they may run together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Requests with equal keys enter in the order of their arrival.
    pub key: ScopeKey,
    /// Neighbouring reads of one key run together; a write runs alone.
    pub access: Access,
}

impl Scope {
    /// Alone among requests of this key.
    #[must_use]
    pub fn write(key: ScopeKey) -> Self {
        Self { key, access: Access::Write }
    }

    /// Together with neighbouring reads of this key.
    #[must_use]
    pub fn read(key: ScopeKey) -> Self {
        Self { key, access: Access::Read }
    }
}

/// What a [`Scope`] is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKey {
    /// One thread, by the id that the request names.
    Thread(String),
    /// The configuration.
    Config,
    /// Who is signed in.
    Account,
    /// The set of MCP servers.
    Mcp,
    /// One process of the asking connection, by the id that the client gave it.
    Process(String),
    /// One watch of the asking connection, by the id that the client gave it.
    Watch(String),
    /// One session of a file search, by the id that the client gave it.
    FuzzySession(String),
    /// Something there is one of in the process, by its name.
    Global(&'static str),
}

impl ScopeKey {
    /// Whether connections choose the names of such things for themselves, so that equal keys of two connections mean
    /// different things.
    #[must_use]
    pub fn is_of_connection(&self) -> bool {
        matches!(self, Self::Process(_) | Self::Watch(_))
    }
}

/// How a request of a [`Scope`] shares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Together with neighbouring reads.
    Read,
    /// Alone.
    Write,
}

/// The params of a method that has none: absent, null and an object without fields are accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoParams;

impl Serialize for NoParams {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}

impl<'de> Deserialize<'de> for NoParams {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = NoParams;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("unit")
            }

            fn visit_unit<E>(self) -> Result<NoParams, E> {
                Ok(NoParams)
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<NoParams, A::Error> {
                match map.next_entry::<IgnoredAny, IgnoredAny>()? {
                    None => Ok(NoParams),
                    Some(_) => Err(serde::de::Error::invalid_type(serde::de::Unexpected::Map, &self)),
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for NoParams {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "NoParams".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "null" })
    }
}

/// Why the params of a request could not be decoded.
#[derive(Debug)]
pub enum DecodeError {
    /// They are no JSON that the wire knows (a lone surrogate, a number out of range): the line is dropped.
    Malformed(serde_json::Error),
    /// They are JSON of the wrong shape: the request is refused.
    Refused(RpcError),
}

/// Decodes params straight into their type.
///
/// Only when that fails they are decoded once more, through a JSON value and as the content of a tagged message, and that
/// outcome counts. So does the reference decode every message: its texts carry no positions, the last of two equal keys
/// wins, and a variant may be given by its number or, when it holds nothing, with an empty object.
///
/// # Errors
/// [`DecodeError`], see there.
pub fn decode_params<P: DeserializeOwned>(raw: Option<&RawValue>) -> Result<P, DecodeError> {
    let refused = |error: String| DecodeError::Refused(RpcError::invalid_params(&error));
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else {
        // Params that may be left out take null; all others are missed.
        return serde_json::from_str("null").map_err(|_| refused("missing field `params`".to_owned()));
    };
    match serde_json::from_str(raw.get()) {
        Ok(params) => Ok(params),
        Err(_) => {
            let value: Value = serde_json::from_str(raw.get()).map_err(DecodeError::Malformed)?;
            let message = json!({ "method": "params", "params": value });
            serde_json::from_value::<Tagged<P>>(message)
                .map(|Tagged::Message { params }| params)
                .map_err(|error| refused(error.to_string()))
        }
    }
}

/// A message as the reference knows it; see [`decode_params`].
#[derive(Deserialize)]
#[serde(tag = "method")]
enum Tagged<P> {
    #[serde(rename = "params")]
    Message { params: P },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Pair {
        a: u8,
        #[serde(default)]
        b: u8,
    }

    fn decode<P: DeserializeOwned>(text: Option<&str>) -> Result<P, String> {
        let raw = text.map(|text| RawValue::from_string(text.to_owned()).unwrap());
        decode_params(raw.as_deref()).map_err(|error| match error {
            DecodeError::Malformed(error) => format!("malformed: {error}"),
            DecodeError::Refused(error) => error.message,
        })
    }

    #[test]
    fn refusals_read_as_the_reference_writes_them() {
        let cases = [
            (None, "Invalid request: missing field `params`"),
            (Some("null"), "Invalid request: missing field `params`"),
            (Some("[]"), "Invalid request: invalid length 0, expected struct Pair with 2 elements"),
            (Some("{}"), "Invalid request: missing field `a`"),
            (Some(r#"{"a":"x"}"#), "Invalid request: invalid type: string \"x\", expected u8"),
            (Some("[1,2,3]"), "Invalid request: invalid length 3, expected 2 elements in sequence"),
        ];
        for (text, message) in cases {
            assert_eq!(decode::<Pair>(text).unwrap_err(), message);
        }
        assert!(decode::<Pair>(Some(r#"{"a":1e999}"#)).unwrap_err().starts_with("malformed"));
    }

    #[test]
    fn arrays_are_fields_by_position_and_the_last_duplicate_wins() {
        assert_eq!(decode::<Pair>(Some("[1,2]")).unwrap(), Pair { a: 1, b: 2 });
        assert_eq!(decode::<Pair>(Some(r#"{"a":1,"a":2}"#)).unwrap(), Pair { a: 2, b: 0 });
    }

    #[test]
    fn methods_without_params_take_absent_null_and_empty() {
        for text in [None, Some("null"), Some("{}")] {
            assert_eq!(decode::<NoParams>(text).unwrap(), NoParams);
        }
        for (text, found) in [(r#"{"a":1}"#, "map"), ("[]", "sequence"), ("0", "integer `0`")] {
            let message = format!("Invalid request: invalid type: {found}, expected unit");
            assert_eq!(decode::<NoParams>(Some(text)).unwrap_err(), message);
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Plain {
        First,
        Second,
        Several { one: bool, two: bool },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "type", rename_all = "camelCase")]
    enum Marked {
        First,
        Second { field: u8 },
    }

    #[test]
    fn variants_without_content_take_an_empty_object() {
        assert_eq!(decode::<Plain>(Some(r#"{"first":{}}"#)).unwrap(), Plain::First);
        assert_eq!(decode::<Plain>(Some(r#"{"second":null}"#)).unwrap(), Plain::Second);
        assert_eq!(
            decode::<Plain>(Some(r#"{"several":[true]}"#)).unwrap_err(),
            "Invalid request: invalid length 1, expected struct variant Plain::Several with 2 elements"
        );
    }

    #[test]
    fn tags_may_be_the_number_of_the_variant() {
        assert_eq!(decode::<Marked>(Some(r#"{"type":0}"#)).unwrap(), Marked::First);
        assert_eq!(decode::<Marked>(Some("[1,7]")).unwrap(), Marked::Second { field: 7 });
        assert_eq!(
            decode::<Marked>(Some(r#"{"type":2}"#)).unwrap_err(),
            "Invalid request: invalid value: integer `2`, expected variant index 0 <= i < 2"
        );
    }
}
