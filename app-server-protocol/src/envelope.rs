//! The envelope: what one line is, found in one pass, and how lines are written.
//!
//! A line is one JSON object without a `jsonrpc` field (one that is there is ignored). What is no request, answer or
//! notification is [`Malformed`]: the receiver drops the line, counts and logs it, and goes on. Nothing here allocates for
//! the params: they stay raw JSON, borrowed from the line.

use std::borrow::Cow;
use std::fmt;

use memchr::{memchr, memchr2, memchr2_iter};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{RequestId, RpcError};

/// How deep a line may nest, its own object counted; deeper ones are dropped, as the reference does.
pub const MAX_DEPTH: usize = 127;

/// What a line is.
#[derive(Debug)]
pub enum Inbound<'a> {
    /// Wants exactly one answer.
    Request {
        /// Echoed in the answer.
        id: RequestId,
        /// The method's name.
        method: Cow<'a, str>,
        /// The params as they were sent; `None` when absent.
        params: Option<&'a RawValue>,
        /// W3C trace context, as it was sent.
        trace: Option<&'a RawValue>,
        /// Names the request for repetitions of it, see [`crate::Extension::Idempotency`]; as it was sent.
        idempotency_key: Option<&'a RawValue>,
    },
    /// Is never answered.
    Notification {
        /// The method's name.
        method: Cow<'a, str>,
        /// The params as they were sent; `None` when absent.
        params: Option<&'a RawValue>,
    },
    /// Answers a request of the receiver.
    Response {
        /// The id of the request.
        id: RequestId,
        /// The result, or the error.
        outcome: Result<&'a RawValue, RpcError>,
    },
}

/// Why a line was dropped.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    /// Not UTF-8.
    #[error("not UTF-8: {0}")]
    Utf8(#[from] std::str::Utf8Error),
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// An escape that is half of a surrogate pair.
    #[error("half of a surrogate pair in an escape")]
    Surrogate,
    /// Not one JSON object, or one with a key given twice or of the wrong type.
    #[error("no message: {0}")]
    Json(#[from] serde_json::Error),
    /// A JSON object that is no request, answer or notification.
    #[error("neither a request nor an answer nor a notification")]
    Shape,
}

impl<'a> Inbound<'a> {
    /// Finds out what a line is. Blanks and a carriage return around it are fine.
    ///
    /// # Errors
    /// [`Malformed`] when the line is to be dropped.
    pub fn parse(line: &'a [u8]) -> Result<Self, Malformed> {
        Self::parse_whole(line).map(|(inbound, _)| inbound)
    }

    /// As [`Self::parse`], with the first key that nothing reads; a `jsonrpc` is none.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_whole(line: &'a [u8]) -> Result<(Self, Option<Cow<'a, str>>), Malformed> {
        let text = std::str::from_utf8(line)?;
        scan(line)?;
        let Fields { id, method, params, result, error, trace, idempotency_key, unread } = serde_json::from_str(text)?;
        let inbound = match (method, id, result, error) {
            (Some(method), Some(id), ..) => Self::Request { id, method, params, trace, idempotency_key },
            (Some(method), None, ..) => Self::Notification { method, params },
            (None, Some(id), Some(result), _) => Self::Response { id, outcome: Ok(result) },
            (None, Some(id), None, Some(error)) => Self::Response { id, outcome: Err(error) },
            (None, ..) => return Err(Malformed::Shape),
        };
        Ok((inbound, unread))
    }
}

/// Looks for what the parser behind it lets through: too deep nesting (it skips unread values without recursion) and
/// escapes that are no character (it does not look at them in unread values). Other faults are left to it.
fn scan(line: &[u8]) -> Result<(), Malformed> {
    // Most lines have neither escapes nor as many brackets, in strings or out of them, as would be too deep.
    if memchr(b'\\', line).is_none() && memchr2_iter(b'{', b'[', line).nth(MAX_DEPTH).is_none() {
        return Ok(());
    }
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        at += 1;
        match byte {
            b'"' => at = skip_string(line, at)?,
            b'{' | b'[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Malformed::TooDeep);
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Where the string that opened before `at` is over.
fn skip_string(line: &[u8], mut at: usize) -> Result<usize, Malformed> {
    while let Some(step) = line.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        at += step + 1;
        if line.get(at - 1) == Some(&b'"') {
            return Ok(at);
        }
        match escaped_unit(line, at) {
            Some(0xDC00..0xE000) => return Err(Malformed::Surrogate),
            // The other half stands right behind it.
            Some(0xD800..0xDC00) => {
                at += 5;
                let low = (line.get(at) == Some(&b'\\')).then(|| escaped_unit(line, at + 1)).flatten();
                if !matches!(low, Some(0xDC00..0xE000)) {
                    return Err(Malformed::Surrogate);
                }
                at += 6;
            }
            Some(_) => at += 5,
            None => at += 1,
        }
    }
    Ok(line.len())
}

/// The UTF-16 unit of the escape whose backslash stands before `at`; `None` for every other escape.
fn escaped_unit(line: &[u8], at: usize) -> Option<u16> {
    (line.get(at) == Some(&b'u')).then(|| utf16_unit(line, at + 1)).flatten()
}

/// The four hexadecimal digits at `at`.
fn utf16_unit(line: &[u8], at: usize) -> Option<u16> {
    let digits = std::str::from_utf8(line.get(at..at + 4)?).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

#[derive(Default)]
struct Fields<'a> {
    id: Option<RequestId>,
    method: Option<Cow<'a, str>>,
    params: Option<&'a RawValue>,
    result: Option<&'a RawValue>,
    error: Option<RpcError>,
    trace: Option<&'a RawValue>,
    idempotency_key: Option<&'a RawValue>,
    /// The first key that is none of these.
    unread: Option<Cow<'a, str>>,
}

/// Borrows from the line unless the text has escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// An id, read without the detour that unions without a tag take.
struct Id(RequestId);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrInteger;

        impl Visitor<'_> for TextOrInteger {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id: a string or a signed 64-bit integer")
            }

            fn visit_i64<E>(self, id: i64) -> Result<Id, E> {
                Ok(Id(RequestId::Integer(id)))
            }

            fn visit_u64<E: de::Error>(self, id: u64) -> Result<Id, E> {
                i64::try_from(id)
                    .map(|id| Id(RequestId::Integer(id)))
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(id), &self))
            }

            fn visit_str<E>(self, id: &str) -> Result<Id, E> {
                Ok(Id(RequestId::String(id.to_owned())))
            }
        }

        deserializer.deserialize_any(TextOrInteger)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a message object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                fn once<T, E: de::Error>(slot: &mut Option<T>, key: &'static str, value: T) -> Result<(), E> {
                    match slot.replace(value) {
                        None => Ok(()),
                        Some(_) => Err(E::duplicate_field(key)),
                    }
                }
                let mut fields = Fields::default();
                while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
                    match key.as_ref() {
                        "id" => once(&mut fields.id, "id", map.next_value::<Id>()?.0)?,
                        "method" => once(&mut fields.method, "method", map.next_value::<Text<'de>>()?.0)?,
                        "params" => once(&mut fields.params, "params", map.next_value()?)?,
                        "result" => once(&mut fields.result, "result", map.next_value()?)?,
                        "error" => once(&mut fields.error, "error", map.next_value()?)?,
                        "trace" => {
                            let trace: &RawValue = map.next_value()?;
                            if !matches!(trace.get().as_bytes().first(), Some(b'{' | b'n')) {
                                return Err(de::Error::custom("trace is no object"));
                            }
                            once(&mut fields.trace, "trace", trace)?;
                        }
                        // The reference does not know it, so a second one is no reason to drop the line.
                        "idempotencyKey" => fields.idempotency_key = Some(map.next_value()?),
                        other => {
                            map.next_value::<de::IgnoredAny>()?;
                            if fields.unread.is_none() && other != "jsonrpc" {
                                fields.unread = Some(key);
                            }
                        }
                    }
                }
                Ok(fields)
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

/// The thread that params are about: their `threadId`, or the id of their `thread`. `None` when they name none.
#[must_use]
pub fn thread_of(params: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Thread {
        id: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Subject {
        thread_id: Option<String>,
        thread: Option<Thread>,
    }
    let subject: Subject = serde_json::from_str(params.get()).ok()?;
    subject.thread_id.or(subject.thread.map(|thread| thread.id))
}

/// Writes `value`; the types of this crate encode without errors, anything else becomes null.
fn json_into<T: Serialize + ?Sized>(line: &mut Vec<u8>, value: &T) {
    let start = line.len();
    if serde_json::to_writer(&mut *line, value).is_err() {
        line.truncate(start);
        line.extend_from_slice(b"null");
    }
}

fn finish(line: Vec<u8>) -> String {
    String::from_utf8(line).unwrap_or_default()
}

/// A result answer as it stands on the wire, without a line end.
#[must_use]
pub fn encode_result<T: Serialize + ?Sized>(id: &RequestId, result: &T) -> String {
    let mut line = Vec::with_capacity(256);
    line.extend_from_slice(b"{\"id\":");
    json_into(&mut line, id);
    line.extend_from_slice(b",\"result\":");
    json_into(&mut line, result);
    line.push(b'}');
    finish(line)
}

/// A result answer whose result is JSON text already, without a line end.
#[must_use]
pub fn encode_result_json(id: &RequestId, result: &str) -> String {
    let mut line = Vec::with_capacity(result.len() + 64);
    line.extend_from_slice(b"{\"id\":");
    json_into(&mut line, id);
    line.extend_from_slice(b",\"result\":");
    line.extend_from_slice(result.as_bytes());
    line.push(b'}');
    finish(line)
}

/// An error answer as it stands on the wire, without a line end.
#[must_use]
pub fn encode_error(id: &RequestId, error: &RpcError) -> String {
    let mut line = Vec::with_capacity(256);
    line.extend_from_slice(b"{\"error\":");
    json_into(&mut line, error);
    line.extend_from_slice(b",\"id\":");
    json_into(&mut line, id);
    line.push(b'}');
    finish(line)
}

/// An error that answers no request, since none could be read; it has the id null.
#[must_use]
pub fn encode_unasked_error(error: &RpcError) -> String {
    let mut line = Vec::with_capacity(256);
    line.extend_from_slice(b"{\"error\":");
    json_into(&mut line, error);
    line.extend_from_slice(b",\"id\":null}");
    finish(line)
}

/// A request as it stands on the wire, without a line end.
#[must_use]
pub fn encode_request<T: Serialize + ?Sized>(id: &RequestId, method: &str, params: &T) -> String {
    encode_keyed_request(id, method, params, None)
}

/// As [`encode_request`], with the key by which the request is known again, see [`crate::Extension::Idempotency`].
#[must_use]
pub fn encode_keyed_request<T: Serialize + ?Sized>(
    id: &RequestId,
    method: &str,
    params: &T,
    key: Option<&str>,
) -> String {
    let mut line = Vec::with_capacity(256);
    line.extend_from_slice(b"{\"method\":");
    json_into(&mut line, method);
    if let Some(key) = key {
        line.extend_from_slice(b",\"idempotencyKey\":");
        json_into(&mut line, key);
    }
    line.extend_from_slice(b",\"id\":");
    json_into(&mut line, id);
    line.extend_from_slice(b",\"params\":");
    json_into(&mut line, params);
    line.push(b'}');
    finish(line)
}

/// A notification as it stands on the wire, without a line end.
#[must_use]
pub fn encode_notification<T: Serialize + ?Sized>(method: &str, params: &T, emitted_at_ms: i64) -> String {
    let mut line = Vec::with_capacity(320);
    line.extend_from_slice(b"{\"method\":");
    json_into(&mut line, method);
    line.extend_from_slice(b",\"params\":");
    json_into(&mut line, params);
    line.extend_from_slice(b",\"emittedAtMs\":");
    json_into(&mut line, &emitted_at_ms);
    line.push(b'}');
    finish(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> String {
        match Inbound::parse(line.as_bytes()) {
            Ok(Inbound::Request { id, method, params, .. }) => {
                format!("request {id:?} {method} {:?}", params.map(RawValue::get))
            }
            Ok(Inbound::Notification { method, .. }) => format!("notification {method}"),
            Ok(Inbound::Response { id, outcome }) => format!("response {id:?} {}", outcome.is_ok()),
            Err(_) => "dropped".to_owned(),
        }
    }

    #[test]
    fn the_first_key_that_nothing_reads_is_told() {
        let unread = |line: &str| Inbound::parse_whole(line.as_bytes()).unwrap().1.map(Cow::into_owned);
        let known = r#"{"jsonrpc":"2.0","id":1,"method":"a","params":{"x":1},"trace":null,"idempotencyKey":"k"}"#;
        assert_eq!(unread(known), None);
        assert_eq!(unread(r#"{"id":1,"parms":{},"method":"a","more":1}"#).unwrap(), "parms");
        assert_eq!(unread(r#"{"id":1,"error":{"code":1,"message":""},"resul\u0074s":1}"#).unwrap(), "results");
    }

    #[test]
    fn lines_are_told_apart() {
        assert_eq!(kind(r#"{"id":1,"method":"a"}"#), "request Integer(1) a None");
        assert_eq!(
            kind(" {\"jsonrpc\":5,\"method\":\"a\",\"id\":\"x\",\"params\":[1]}\r"),
            "request String(\"x\") a Some(\"[1]\")"
        );
        assert_eq!(kind(r#"{"method":"\u0061"}"#), "notification a");
        assert_eq!(kind(r#"{"id":1,"result":null}"#), "response Integer(1) true");
        assert_eq!(kind(r#"{"id":1,"error":{"code":1,"message":"m"}}"#), "response Integer(1) false");
    }

    #[test]
    fn what_the_reference_drops_is_dropped() {
        let deep = format!(r#"{{"id":1,"method":"a","params":{}{}}}"#, "[".repeat(200), "]".repeat(200));
        for line in [
            "",
            "   ",
            "no json",
            "[]",
            "[{\"id\":1,\"method\":\"a\"}]",
            "5",
            "\"x\"",
            "{}",
            r#"{"id":1}"#,
            r#"{"id":1,"method":5}"#,
            r#"{"id":null,"method":"a"}"#,
            r#"{"id":1.5,"method":"a"}"#,
            r#"{"id":true,"method":"a"}"#,
            r#"{"id":{},"method":"a"}"#,
            r#"{"id":9223372036854775808,"method":"a"}"#,
            r#"{"id":1,"id":2,"method":"a"}"#,
            r#"{"id":1,"method":"a","trace":5}"#,
            r#"{"id":1,"method":"a"} {"id":2,"method":"a"}"#,
            &deep,
            r#"{"id":1,"method":"a","params":"\ud800"}"#,
            r#"{"id":1,"method":"a","params":"\udc00\ud800"}"#,
            r#"{"id":1,"method":"a","params":["\ud800","\udc00"]}"#,
        ] {
            assert_eq!(kind(line), "dropped", "{line}");
        }
        assert!(Inbound::parse(b"{\"id\":1,\"method\":\"\xff\"}").is_err());
    }

    #[test]
    fn the_object_of_the_line_counts_as_depth() {
        let line =
            |deep: usize| format!(r#"{{"id":1,"method":"a","params":{}{}}}"#, "[".repeat(deep), "]".repeat(deep));
        assert!(kind(&line(MAX_DEPTH - 1)).starts_with("request"));
        assert_eq!(kind(&line(MAX_DEPTH)), "dropped");
    }

    #[test]
    fn whole_surrogate_pairs_and_escaped_backslashes_are_kept() {
        for text in [r"\ud83d\ude00", r"\\ud800", r"\u0041", r"\\\\"] {
            let line = format!(r#"{{"id":1,"method":"a","params":"{text}"}}"#);
            assert!(kind(&line).starts_with("request"), "{line}");
        }
    }

    #[test]
    fn brackets_in_strings_do_not_count_as_depth() {
        let line = format!(r#"{{"id":1,"method":"a","params":"{}"}}"#, "[\\\"".repeat(300));
        assert!(kind(&line).starts_with("request"), "{line}");
    }

    #[test]
    fn answers_have_the_keys_of_the_reference_in_order() {
        let id = RequestId::Integer(7);
        assert_eq!(encode_result(&id, &[1]), r#"{"id":7,"result":[1]}"#);
        let error = RpcError { code: -1, data: None, message: "m".to_owned() };
        assert_eq!(encode_error(&id, &error), r#"{"error":{"code":-1,"message":"m"},"id":7}"#);
        assert_eq!(encode_request(&id, "a", &()), r#"{"method":"a","id":7,"params":null}"#);
    }
}
