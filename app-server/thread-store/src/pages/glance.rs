//! What the beginning of a line tells: enough to pass most lines over without parsing them.
//!
//! codex and this server write the head of a line in one order; a line in another shape is parsed in full.

use std::borrow::Cow;

use memchr::memmem;

use crate::replay::{EventHead, Head};

/// The head of a line. The rest of the line may be damaged.
#[derive(Debug, PartialEq)]
pub(super) struct Glance<'a> {
    pub(super) timestamp: Cow<'a, str>,
    pub(super) ordinal: Option<u64>,
    pub(super) kind: Cow<'a, str>,
    /// The kind of the event; `None` for a line that is none.
    pub(super) event: Option<Cow<'a, str>>,
}

/// How far into a line the kind of its item is looked for.
const ITEM_HEAD: usize = 1024;

/// Looks at a line; `None` when it cannot be read.
pub(super) fn glance(line: &[u8]) -> Option<Glance<'_>> {
    head(line).or_else(|| parsed(line))
}

/// The head in the usual order.
fn head(line: &[u8]) -> Option<Glance<'_>> {
    let (timestamp, mut rest) = string(line.strip_prefix(b"{\"timestamp\":\"")?)?;
    let mut ordinal = None;
    if let Some(digits) = rest.strip_prefix(b",\"ordinal\":") {
        let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, after) = digits.split_at(length);
        ordinal = Some(std::str::from_utf8(number).ok()?.parse().ok()?);
        rest = after;
    }
    let (kind, rest) = string(rest.strip_prefix(b",\"type\":\"")?)?;
    let event = match kind {
        "event_msg" => Some(string(rest.strip_prefix(b",\"payload\":{\"type\":\"")?)?.0.into()),
        _ => None,
    };
    Some(Glance { timestamp: timestamp.into(), ordinal, kind: kind.into(), event })
}

/// A string without escapes up to its quote, and what follows that.
fn string(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = memchr::memchr2(b'"', b'\\', bytes)?;
    let (text, rest) = bytes.split_at(end);
    Some((std::str::from_utf8(text).ok()?, rest.strip_prefix(b"\"")?))
}

fn parsed(line: &[u8]) -> Option<Glance<'_>> {
    let head: Head<'_> = serde_json::from_slice(line).ok()?;
    let event = match &*head.kind {
        "event_msg" => Some(serde_json::from_str::<EventHead<'_>>(head.payload.get()).ok()?.kind),
        _ => None,
    };
    Some(Glance { timestamp: head.timestamp, ordinal: head.ordinal, kind: head.kind, event })
}

/// Whether the item of an `item_completed` line may be a message of the user or the model.
pub(super) fn may_be_message(line: &[u8]) -> bool {
    let begin = &line[..line.len().min(ITEM_HEAD)];
    let mark = b"\"item\":{\"type\":\"";
    match memmem::find(begin, mark) {
        Some(at) => {
            let kind = &begin[at + mark.len()..];
            kind.starts_with(b"UserMessage\"") || kind.starts_with(b"AgentMessage\"")
        }
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_tells_what_parsing_tells() {
        for line in [
            r#"{"timestamp":"t","ordinal":7,"type":"event_msg","payload":{"type":"task_started","turn_id":"x"}}"#,
            r#"{"timestamp":"t","type":"event_msg","payload":{"type":"user_message","message":"x"}}"#,
            r#"{"timestamp":"t","ordinal":18446744073709551615,"type":"response_item","payload":{"type":"message"}}"#,
        ] {
            let line = line.as_bytes();
            assert_eq!(head(line), parsed(line));
            assert!(head(line).is_some());
        }
    }

    #[test]
    fn lines_in_another_order_are_parsed() {
        let line =
            br#"{ "type":"event_msg","ordinal":3,"payload":{"turn_id":"x","type":"task_started"},"timestamp":"t\n"}"#;
        assert_eq!(head(line), None);
        let glance = glance(line).unwrap();
        assert_eq!((glance.ordinal, glance.event.as_deref()), (Some(3), Some("task_started")));
        assert_eq!(super::glance(b"{\"timestamp\":\"t\",\"ordinal\":99999999999999999999,\"type\":\"x\"}"), None);
        assert_eq!(super::glance(b"{\"timest"), None);
    }

    #[test]
    fn only_messages_may_be_messages() {
        let line =
            |kind: &str| format!(r#"{{"payload":{{"type":"item_completed","item":{{"type":"{kind}","id":"x"}}}}}}"#);
        assert!(may_be_message(line("UserMessage").as_bytes()));
        assert!(may_be_message(line("AgentMessage").as_bytes()));
        assert!(!may_be_message(line("CommandExecution").as_bytes()));
        assert!(may_be_message(br#"{"payload":{"item":{"id":"x","type":"UserMessage"}}}"#));
    }
}
