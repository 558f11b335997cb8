//! Lines of a log, and the envelopes in them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::shorten::shorten;
use crate::export::Direction;

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Way {
    /// `->`.
    ClientToServer,
    /// `<-`.
    ServerToClient,
}

impl Way {
    fn named(name: &str) -> Option<Self> {
        match name {
            "clientToServer" | "->" => Some(Self::ClientToServer),
            "serverToClient" | "<-" => Some(Self::ServerToClient),
            _ => None,
        }
    }

    pub(super) fn opposite(self) -> Self {
        match self {
            Self::ClientToServer => Self::ServerToClient,
            Self::ServerToClient => Self::ClientToServer,
        }
    }

    pub(super) fn arrow(self) -> &'static str {
        match self {
            Self::ClientToServer => "->",
            Self::ServerToClient => "<-",
        }
    }

    pub(super) fn requests(self) -> Direction {
        match self {
            Self::ClientToServer => Direction::ClientRequest,
            Self::ServerToClient => Direction::ServerRequest,
        }
    }

    pub(super) fn notifications(self) -> Direction {
        match self {
            Self::ClientToServer => Direction::ClientNotification,
            Self::ServerToClient => Direction::ServerNotification,
        }
    }
}

/// A line that was understood.
pub(super) struct Line {
    pub(super) way: Way,
    pub(super) message: Value,
}

/// Reads one line.
///
/// # Errors
/// What is wrong with it, without quoting it: a line that cannot be read may hold anything.
pub(super) fn parse(line: &str) -> Result<Line, String> {
    for way in [Way::ClientToServer, Way::ServerToClient] {
        if let Some(message) = line.strip_prefix(way.arrow()) {
            return Ok(Line { way, message: json(message)? });
        }
    }
    let Value::Object(mut entry) = json(line)? else {
        return Err("JSON that is no object".to_owned());
    };
    let way = entry.get("direction").or_else(|| entry.get("dir")).and_then(Value::as_str).and_then(Way::named);
    let way = way.ok_or("no direction")?;
    let message = entry.get_mut("message").map(Value::take);
    let message = message.or_else(|| entry.get_mut("msg").map(Value::take)).ok_or("no message")?;
    Ok(Line { way, message })
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text.trim()).map_err(|error| error.to_string())
}

/// A message of the protocol.
pub(super) enum Envelope<'a> {
    Request { id: Id, method: &'a str },
    Notification { method: &'a str },
    Result { id: Id, result: &'a Value },
    Error { id: Id },
}

/// An id as it can be compared: its JSON text, so that `1` and `"1"` differ.
pub(super) type Id = String;

/// A part of an envelope that is not what it should be.
pub(super) struct WrongEnvelope {
    pub(super) pointer: &'static str,
    pub(super) expected: &'static str,
    pub(super) found: String,
}

const FORMS: &str = "an object with id and method, method, id and result, or id and error";

/// Tells which envelope a message is.
pub(super) fn envelope(message: &Value) -> Result<Envelope<'_>, WrongEnvelope> {
    let wrong = |pointer, expected, found: &Value| WrongEnvelope { pointer, expected, found: shorten(found) };
    let Value::Object(fields) = message else {
        return Err(wrong("", FORMS, message));
    };
    if let Some(version) = fields.get("jsonrpc") {
        return Err(wrong("/jsonrpc", "no such field", version));
    }
    let id = || match fields.get("id") {
        None => Err(WrongEnvelope { pointer: "/id", expected: "string | int64", found: "nothing".to_owned() }),
        Some(id) if id.is_i64() || id.is_string() => Ok(id.to_string()),
        Some(id) => Err(wrong("/id", "string | int64", id)),
    };
    match (fields.get("method"), fields.get("result"), fields.get("error")) {
        (Some(Value::String(method)), None, None) if fields.contains_key("id") => {
            Ok(Envelope::Request { id: id()?, method })
        }
        (Some(Value::String(method)), None, None) => Ok(Envelope::Notification { method }),
        (Some(method), None, None) => Err(wrong("/method", "string", method)),
        (None, Some(result), None) => Ok(Envelope::Result { id: id()?, result }),
        (None, None, Some(error)) => {
            let id = id()?;
            error_body(error)?;
            Ok(Envelope::Error { id })
        }
        _ => Err(WrongEnvelope { pointer: "", expected: FORMS, found: field_names(fields) }),
    }
}

fn error_body(error: &Value) -> Result<(), WrongEnvelope> {
    let part = |name: &str| error.get(name).map_or_else(|| "nothing".to_owned(), shorten);
    if !error.is_object() {
        let found = shorten(error);
        return Err(WrongEnvelope { pointer: "/error", expected: "{ code: int64; message: string }", found });
    }
    if !error.get("code").is_some_and(Value::is_i64) {
        return Err(WrongEnvelope { pointer: "/error/code", expected: "int64", found: part("code") });
    }
    if !error.get("message").is_some_and(Value::is_string) {
        return Err(WrongEnvelope { pointer: "/error/message", expected: "string", found: part("message") });
    }
    Ok(())
}

fn field_names(fields: &Map<String, Value>) -> String {
    let names: Vec<&str> = fields.keys().take(8).map(String::as_str).collect();
    if names.is_empty() { "an empty object".to_owned() } else { format!("an object with {}", names.join(", ")) }
}
