//! What makes two runs of the same conversation read alike.

use std::collections::HashMap;

use serde_json::{Map, Value};

const TIMES: &[&str] = &[
    "createdAt",
    "updatedAt",
    "startedAt",
    "completedAt",
    "recencyAt",
    "startedAtMs",
    "completedAtMs",
    "emittedAtMs",
    "createdAtMs",
    "modifiedAtMs",
    "archivedAt",
    "sectionEnteredAt",
    "lastUsedAt",
    "enteredAt",
    "readAt",
    "queuedAt",
];
const DURATIONS: &[&str] = &["durationMs", "timeToFirstTokenMs", "timeUsedSeconds"];
const NAMED: &[(&str, &str)] = &[
    ("userAgent", "[user-agent]"),
    ("cliVersion", "[version]"),
    ("processId", "[process]"),
    ("osPid", "[process]"),
    ("nextCursor", "[cursor]"),
    ("backwardsCursor", "[cursor]"),
    ("turnCursor", "[cursor]"),
    ("cursor", "[cursor]"),
    ("turnsBackwardsCursor", "[cursor]"),
    ("itemsBackwardsCursor", "[cursor]"),
    ("revision", "[revision]"),
    ("serverName", "[host]"),
];

/// Texts of this run and what stands for them, such as the path of the home.
#[derive(Clone, Debug, Default)]
pub struct Redactions {
    texts: Vec<(String, String)>,
}

impl Redactions {
    /// Writes `name` in brackets wherever `text` stands. Longer texts go first, so that a folder may lie in another.
    pub fn add(&mut self, text: impl Into<String>, name: &str) {
        let text = text.into();
        if !text.is_empty() {
            self.texts.push((text, format!("[{name}]")));
            self.texts.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        }
    }
}

/// Normalises the messages of one transcript, in order.
#[derive(Debug)]
pub(super) struct Normaliser<'a> {
    redactions: &'a Redactions,
    names: HashMap<String, String>,
    counts: HashMap<&'static str, usize>,
}

impl<'a> Normaliser<'a> {
    pub(super) fn new(redactions: &'a Redactions) -> Self {
        Self { redactions, names: HashMap::new(), counts: HashMap::new() }
    }

    pub(super) fn message(&mut self, message: &Value) -> Value {
        self.value(message, "", "")
    }

    /// A text that is no JSON.
    pub(super) fn plain_text(&mut self, text: &str) -> String {
        self.text(text, "id")
    }

    /// `holder` is the key that holds the object in which `key` stands.
    fn value(&mut self, value: &Value, key: &str, holder: &str) -> Value {
        match value {
            Value::Object(object) => {
                let mut normal = Map::new();
                for (name, value) in object {
                    let value = self.value(value, name, key);
                    normal.insert(self.text(name, "id"), value);
                }
                Value::Object(normal)
            }
            Value::Array(values) => {
                // What stands in `turns` is a turn, as far as its id goes.
                let one = key.strip_suffix('s').unwrap_or(key);
                values.iter().map(|value| self.value(value, one, holder)).collect()
            }
            Value::Number(_) if TIMES.contains(&key) => "[time]".into(),
            Value::Number(_) if DURATIONS.contains(&key) => "[duration]".into(),
            Value::String(_) | Value::Number(_) if named(key).is_some() => named(key).unwrap_or_default().into(),
            Value::String(text) => self.text(text, kind_of(key, holder)).into(),
            other => other.clone(),
        }
    }

    fn text(&mut self, text: &str, kind: &'static str) -> String {
        let mut text = text.to_owned();
        for (from, to) in &self.redactions.texts {
            text = text.replace(from, to);
        }
        let text = without_dates(&without_ports(&text));
        self.without_ids(&text, kind)
    }

    fn without_ids(&mut self, text: &str, kind: &'static str) -> String {
        let mut normal = String::new();
        let mut rest = text;
        while let Some(at) = (0..rest.len()).find(|at| rest.get(*at..*at + 36).is_some_and(is_uuid)) {
            let (before, from) = rest.split_at(at);
            let (id, after) = from.split_at(36);
            normal.push_str(before);
            normal.push_str(self.name(id, kind));
            rest = after;
        }
        normal + rest
    }

    fn name(&mut self, id: &str, kind: &'static str) -> &str {
        let counts = &mut self.counts;
        self.names.entry(id.to_owned()).or_insert_with(|| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            format!("[{kind}-{count}]")
        })
    }
}

fn named(key: &str) -> Option<&'static str> {
    NAMED.iter().find(|(name, _)| *name == key).map(|(_, symbol)| *symbol)
}

/// What an id is the id of, by where it stands.
fn kind_of(key: &str, holder: &str) -> &'static str {
    match (key, holder) {
        ("threadId" | "sessionId" | "forkedFromId" | "parentThreadId", _) | ("id", "thread") => "thread",
        ("turnId" | "rootTurnId" | "expectedTurnId", _) | ("id", "turn") => "turn",
        ("itemId", _) | ("id", "item") => "item",
        _ => "id",
    }
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
    })
}

/// Names the port of every local address.
fn without_ports(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut normal = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        normal.push_str("127.0.0.1:");
        normal.push_str(if digits > 0 { "[port]" } else { "" });
        normal.push_str(&part[digits..]);
    }
    normal
}

/// Names the dates in the path of a thread's file: `sessions/2026/01/31/rollout-2026-01-31T12-00-00-ID.jsonl`.
fn without_dates(text: &str) -> String {
    let text = replaced_after(text, "sessions/", "dddd/dd/dd/", "[date]/");
    replaced_after(&text, "rollout-", "dddd-dd-ddTdd-dd-dd", "[time]")
}

/// Replaces what follows `marker` and has the shape of `pattern`, where `d` is a digit.
fn replaced_after(text: &str, marker: &str, pattern: &str, symbol: &str) -> String {
    let fits = |part: &str| {
        part.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'd' => byte.is_ascii_digit(),
            wanted => byte == wanted,
        })
    };
    let mut parts = text.split(marker);
    let mut normal = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        normal.push_str(marker);
        match part.get(..pattern.len()) {
            Some(head) if fits(head) => {
                normal.push_str(symbol);
                normal.push_str(&part[pattern.len()..]);
            }
            _ => normal.push_str(part),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Transcript;

    #[test]
    fn two_runs_read_alike() {
        let run = |thread: &str, turn: &str, item: &str, port: u16, at: u64| {
            let mut transcript = Transcript::of_lines(&format!(
                r#"
                <- {{"id":1,"result":{{"thread":{{"id":"{thread}","path":"/tmp/x{port}/home/sessions/2026/01/0{d}/rollout-2026-01-0{d}T10-00-00-{thread}.jsonl","createdAt":{at},"gitInfo":null}},"userAgent":"a/{at}"}}}}
                <- {{"method":"turn/started","params":{{"threadId":"{thread}","turn":{{"id":"{turn}","items":[],"startedAt":null,"durationMs":{at}}}}},"emittedAtMs":{at}}}
                <- {{"method":"x","params":{{"turns":[{{"id":"{turn}","items":[{{"id":"{item}"}}]}}],"url":"http://127.0.0.1:{port}/v1"}},"emittedAtMs":{at}}}
                -> no json {thread}
                "#,
                d = port % 9,
            ));
            transcript.redactions.add(format!("/tmp/x{port}"), "root");
            transcript.redactions.add(format!("/tmp/x{port}/home"), "home");
            transcript.snapshot()
        };
        let one = run(
            "01984de2-8f74-7c91-a3b2-5c5e937cf318",
            "01984de2-8f74-7c91-a3b2-5c5e937cf319",
            "01984de2-8f74-7c91-a3b2-5c5e937cf31a",
            1234,
            5,
        );
        let other = run(
            "ffffffff-8f74-7c91-a3b2-5c5e937cf318",
            "ffffffff-8f74-7c91-a3b2-5c5e937cf319",
            "eeeeeeee-8f74-7c91-a3b2-5c5e937cf319",
            80,
            99_999,
        );
        assert_eq!(one, other);
        assert_eq!(
            one,
            concat!(
                r#"<- {"id":1,"result":{"thread":{"id":"[thread-1]","path":"[home]/sessions/[date]/rollout-[time]-[thread-1].jsonl","#,
                r#""createdAt":"[time]","gitInfo":null},"userAgent":"[user-agent]"}}"#,
                "\n",
                r#"<- {"method":"turn/started","params":{"threadId":"[thread-1]","turn":{"id":"[turn-1]","items":[],"startedAt":null,"#,
                r#""durationMs":"[duration]"}},"emittedAtMs":"[time]"}"#,
                "\n",
                r#"<- {"method":"x","params":{"turns":[{"id":"[turn-1]","items":[{"id":"[item-1]"}]}],"#,
                r#""url":"http://127.0.0.1:[port]/v1"},"emittedAtMs":"[time]"}"#,
                "\n-> no json [thread-1]\n",
            )
        );
    }

    #[test]
    fn what_only_looks_similar_stays() {
        let redactions = Redactions::default();
        let mut normaliser = Normaliser::new(&redactions);
        for text in
            ["sessions/2026", "rollout-x", "127.0.0.1:", "01984de2-8f74-7c91-a3b2-5c5e937cf31", "übergrößé-sessions/é"]
        {
            assert_eq!(normaliser.plain_text(text), text);
        }
        let message = serde_json::json!({"cursor": null, "startedAt": null, "createdAt": "text"});
        assert_eq!(normaliser.message(&message), message);
    }
}
