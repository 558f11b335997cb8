//! A conversation as it stood on the wire, and its normalised text for snapshots.

mod normalise;

use std::fmt::Write as _;

use codex_app_server_client::Way;
use serde_json::Value;

use normalise::Normaliser;
pub use normalise::Redactions;

/// One message of a conversation.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which way it went.
    pub way: Way,
    /// As it stood on the wire.
    pub line: String,
    /// As JSON; `None` when it is none.
    pub message: Option<Value>,
}

impl Entry {
    /// An entry for this line.
    #[must_use]
    pub fn new(way: Way, line: impl Into<String>) -> Self {
        let line = line.into();
        let message = serde_json::from_str(&line).ok();
        Self { way, line, message }
    }
}

/// How the recording of a conversation ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// With the test's will: all that was owed by then has had its time.
    #[default]
    Whole,
    /// In the middle: the connection broke, the server was killed, or the test looked away.
    Cut,
}

/// Everything that was said on one connection, in order.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// The messages.
    pub entries: Vec<Entry>,
    /// How the recording ended.
    pub end: End,
    /// What [`Self::snapshot`] makes unrecognisable.
    pub redactions: Redactions,
}

impl Transcript {
    /// A transcript of lines that begin with `-> ` (from the client) or `<- ` (from the server); others are passed over.
    #[must_use]
    pub fn of_lines(text: &str) -> Self {
        let entries = text.lines().map(str::trim).filter_map(|line| {
            let to_server = line.strip_prefix("-> ").map(|line| Entry::new(Way::ToServer, line));
            to_server.or_else(|| line.strip_prefix("<- ").map(|line| Entry::new(Way::FromServer, line)))
        });
        Self { entries: entries.collect(), ..Self::default() }
    }

    /// The messages of the server.
    pub fn received(&self) -> impl Iterator<Item = &Value> {
        self.entries.iter().filter(|entry| entry.way == Way::FromServer).filter_map(|entry| entry.message.as_ref())
    }

    /// The conversation as it was, a message a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            let arrow = arrow(entry.way);
            let _ = writeln!(text, "{arrow} {}", entry.line);
        }
        text
    }

    /// The conversation as a text that is the same in every run: ids are numbered in the order of their appearance
    /// (`[thread-1]`, `[turn-1]`, `[item-1]`), times, durations, paths, ports, versions and cursors are named only.
    #[must_use]
    pub fn snapshot(&self) -> String {
        self.snapshot_of(|_| true)
    }

    /// As [`Self::snapshot`], of the messages that `wanted` lets through. Ids keep the number they have in the whole.
    #[must_use]
    pub fn snapshot_of(&self, wanted: impl Fn(&Value) -> bool) -> String {
        let mut normaliser = Normaliser::new(&self.redactions);
        let mut text = String::new();
        for entry in &self.entries {
            let arrow = arrow(entry.way);
            match &entry.message {
                Some(message) => {
                    let normalised = normaliser.message(message);
                    if wanted(message) {
                        let _ = writeln!(text, "{arrow} {normalised}");
                    }
                }
                None => {
                    let _ = writeln!(text, "{arrow} {}", normaliser.plain_text(&entry.line));
                }
            }
        }
        text
    }
}

fn arrow(way: Way) -> &'static str {
    match way {
        Way::ToServer => "->",
        Way::FromServer => "<-",
    }
}
