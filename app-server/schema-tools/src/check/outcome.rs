//! What a check found, as data and as text.

use std::fmt::Write;

use serde::Serialize;

use super::line::Way;

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// The line is no JSON, or names no direction or message.
    UnreadableLine,
    /// The message is neither request, notification, result nor error.
    WrongEnvelope,
    /// No method of that name goes this way in this form.
    UnknownMethod,
    /// The params do not fit the method's.
    InvalidParams,
    /// The result does not fit the method's.
    InvalidResult,
    /// A field beside the params does not fit.
    InvalidMessage,
    /// A request uses the id of one that waits.
    IdInUse,
    /// Nothing with this id was asked.
    AnswerWithoutRequest,
    /// A request was not answered until the end.
    UnansweredRequest,
}

impl Problem {
    /// The stable identifier.
    pub fn id(self) -> &'static str {
        match self {
            Self::UnreadableLine => "unreadable-line",
            Self::WrongEnvelope => "wrong-envelope",
            Self::UnknownMethod => "unknown-method",
            Self::InvalidParams => "invalid-params",
            Self::InvalidResult => "invalid-result",
            Self::InvalidMessage => "invalid-message",
            Self::IdInUse => "id-in-use",
            Self::AnswerWithoutRequest => "answer-without-request",
            Self::UnansweredRequest => "unanswered-request",
        }
    }

    /// Whether the log is wrong for it: logs may end before the last answer came.
    pub fn weight(self) -> Weight {
        match self {
            Self::UnansweredRequest => Weight::Warning,
            _ => Weight::Error,
        }
    }
}

/// How much a complaint matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The log breaks the protocol.
    Error,
    /// The log may be right.
    Warning,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    /// The line, counted from one.
    pub line: usize,
    /// Which way the message went, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Way>,
    /// The method, for answers that of their request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// Where in the message, as a JSON pointer.
    pub pointer: String,
    /// What should stand there.
    pub expected: String,
    /// What stands there, shortened; secrets are hidden.
    pub found: String,
}

/// How many lines of each kind there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Requests of both sides.
    pub requests: usize,
    /// Notifications of both sides.
    pub notifications: usize,
    /// Answers with a result.
    pub results: usize,
    /// Answers with an error.
    pub errors: usize,
    /// Messages that are none of these.
    pub wrong_envelopes: usize,
    /// Lines that could not be read.
    pub unreadable: usize,
}

impl Counts {
    /// All messages, readable or not.
    pub fn messages(&self) -> usize {
        self.requests + self.notifications + self.results + self.errors + self.wrong_envelopes + self.unreadable
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// What the log consists of.
    pub counts: Counts,
    /// The complaints in the order of the lines; requests without an answer come last.
    pub complaints: Vec<Complaint>,
}

impl Outcome {
    /// Whether nothing is wrong; warnings are not wrong.
    pub fn is_clean(&self) -> bool {
        self.complaints.iter().all(|complaint| complaint.problem.weight() == Weight::Warning)
    }

    /// The outcome for a terminal.
    pub fn text(&self) -> String {
        let Counts { requests, notifications, results, errors, .. } = self.counts;
        let warnings = self.complaints.iter().filter(|it| it.problem.weight() == Weight::Warning).count();
        let mut out = format!(
            "{} messages: {requests} requests, {notifications} notifications, {results} results, {errors} errors\n\
             {} wrong, {warnings} warnings\n",
            self.counts.messages(),
            self.complaints.len() - warnings,
        );
        for complaint in &self.complaints {
            let direction = complaint.direction.map(|way| format!(" {}", way.arrow())).unwrap_or_default();
            let method = complaint.method.as_ref().map(|method| format!(" {method}")).unwrap_or_default();
            let at = if complaint.pointer.is_empty() { String::new() } else { format!(" at {}", complaint.pointer) };
            let _ = write!(
                out,
                "\nline {}{direction}{method}: {}{at}\n  expected {}\n  found    {}\n",
                complaint.line,
                complaint.problem.id(),
                complaint.expected,
                complaint.found,
            );
        }
        out
    }
}
