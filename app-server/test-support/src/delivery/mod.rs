//! The delivery contract, checked on the transcript of one connection.
//!
//! What can be seen from one connection is a [`Rule`] here; the rest of the contract (durability, joins, slow clients,
//! processes) has tests of its own. Rules say what a client may rely on whatever happens, so they hold for every transcript.

mod items;
mod messages;
mod schema;
#[cfg(test)]
mod tests;
mod turns;

use std::collections::HashSet;
use std::fmt;

use codex_app_server_client::Way;
use codex_app_server_protocol::RequestId;
use codex_app_server_protocol::envelope::Inbound;
use serde_json::Value;

pub use schema::fits_schema;

use crate::transcript::{End, Entry, Transcript};

/// A promise to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// Every line that parses as a request gets exactly one answer, and nothing else is answered.
    OneResponse,
    /// Every turn ends exactly once, and before the next one of its thread begins.
    TurnTerminates,
    /// After `turn/completed` nothing of that turn comes but the late items of processes that outlive it.
    TerminalLast,
    /// An item begins before anything is said about it, and says nothing after its end.
    ItemsInOrder,
    /// The deltas of a text, put together, are the text of the completed item.
    DeltasAddUp,
    /// Every line is a message; every notification has its time, and nothing else has one.
    WellFormed,
    /// Every message of the server is what the schema of the whole wire says.
    FitsSchema,
    /// What stands as planned is never sent.
    PlannedIsSilent,
}

impl Rule {
    /// The name in the contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OneResponse => "one-response",
            Self::TurnTerminates => "turn-terminates",
            Self::TerminalLast => "terminal-last",
            Self::ItemsInOrder => "items-in-order",
            Self::DeltasAddUp => "deltas-add-up",
            Self::WellFormed => "well-formed",
            Self::FitsSchema => "fits-schema",
            Self::PlannedIsSilent => "planned-is-silent",
        }
    }
}

/// Where a transcript breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The broken promise.
    pub rule: Rule,
    /// The message that shows it, counted from 0; the number of messages when it is the end that shows it.
    pub at: usize,
    /// What is wrong.
    pub complaint: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at message {}: {}", self.rule.name(), self.at, self.complaint)
    }
}

/// A way in which the reference breaks a rule. Its transcripts, and tests of ours that copy the behaviour for the sake of
/// compatibility, let it pass by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KnownFault {
    /// When a model ends a text with more than its deltas said, the completed item says it all and no delta the rest.
    TextEndsLonger,
    /// Requests beyond what a full outbound queue holds are not answered, not even as overload.
    OverloadUnanswered,
}

impl KnownFault {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::TextEndsLonger, Self::OverloadUnanswered];
}

/// Checks a transcript against every rule.
///
/// # Errors
/// All violations, in the order of the messages.
pub fn check(transcript: &Transcript) -> Result<(), Vec<Violation>> {
    check_but(transcript, &[])
}

/// As [`check`], but lets these faults pass.
///
/// # Errors
/// All other violations, in the order of the messages.
pub fn check_but(transcript: &Transcript, faults: &[KnownFault]) -> Result<(), Vec<Violation>> {
    let mut context = Context { faults, ..Context::default() };
    let mut messages = messages::Messages::default();
    let mut turns = turns::Turns::default();
    let mut items = items::Items::default();
    for (at, entry) in transcript.entries.iter().enumerate() {
        context.at = at;
        let said = Said::of(entry);
        context.note(&said);
        messages.see(&mut context, entry, &said);
        turns.see(&mut context, &said);
        items.see(&mut context, &said);
    }
    context.at = transcript.entries.len();
    if transcript.end == End::Whole {
        messages.end(&mut context);
    }
    if context.violations.is_empty() { Ok(()) } else { Err(context.violations) }
}

/// What a message is.
#[derive(Debug)]
enum Said<'a> {
    /// A request of the client.
    Asked { id: RequestId, method: String, params: &'a Value },
    /// An answer of the server.
    Answered { id: RequestId },
    /// A notification or request of the server.
    Told { method: String, params: &'a Value, is_request: bool },
    /// A line of the server that is no message.
    Nonsense(String),
    /// Anything else of the client: notifications, answers, lines that are no messages.
    Other,
}

impl<'a> Said<'a> {
    fn of(entry: &'a Entry) -> Self {
        const NONE: &Value = &Value::Null;
        let params = entry.message.as_ref().and_then(|message| message.get("params")).unwrap_or(NONE);
        match (entry.way, Inbound::parse(entry.line.as_bytes())) {
            (Way::ToServer, Ok(Inbound::Request { id, method, .. })) => {
                Self::Asked { id, method: method.into_owned(), params }
            }
            (Way::ToServer, _) => Self::Other,
            (Way::FromServer, Ok(Inbound::Response { id, .. })) => Self::Answered { id },
            (Way::FromServer, Ok(Inbound::Request { method, .. })) => {
                Self::Told { method: method.into_owned(), params, is_request: true }
            }
            (Way::FromServer, Ok(Inbound::Notification { method, .. })) => {
                Self::Told { method: method.into_owned(), params, is_request: false }
            }
            (Way::FromServer, Err(error)) => Self::Nonsense(error.to_string()),
        }
    }
}

/// What all rules share while they walk through a transcript.
#[derive(Debug, Default)]
struct Context<'a> {
    faults: &'a [KnownFault],
    at: usize,
    violations: Vec<Violation>,
    /// Notifications that this connection does not want.
    opted_out: HashSet<String>,
}

impl Context<'_> {
    fn violated(&mut self, rule: Rule, complaint: String) {
        self.violations.push(Violation { rule, at: self.at, complaint });
    }

    fn note(&mut self, said: &Said<'_>) {
        if let Said::Asked { method, params, .. } = said
            && method == "initialize"
        {
            let listed = params["capabilities"]["optOutNotificationMethods"].as_array();
            self.opted_out.extend(listed.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned));
        }
    }

    fn forgives(&self, fault: KnownFault) -> bool {
        self.faults.contains(&fault)
    }

    fn sees(&self, method: &str) -> bool {
        !self.opted_out.contains(method)
    }
}

/// One turn of one thread: a fork keeps the ids of the turns that it copies.
type TurnKey = (String, String);

/// A text field, empty when absent.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
