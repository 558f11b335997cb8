//! What the scripted model answers: a stream built step by step, or a plain HTTP answer.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::{Gate, ModelRequest, events};

/// The answer to one request of the model.
#[derive(Clone)]
pub struct Reply {
    pub(super) answer: Answer,
}

#[derive(Clone)]
pub(super) enum Answer {
    Stream { steps: Vec<Step>, ending: Ending },
    Plain { status: u16, headers: Vec<(String, String)>, body: String },
    Computed(Arc<dyn Fn(&ModelRequest) -> Reply + Send + Sync>),
}

/// One step of a stream.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Bytes as they stand.
    Bytes(String),
    Gate(Gate),
}

/// How a stream ends.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// With `response.completed`.
    Completed { response_id: String, usage: Value },
    /// Whatever was said was the last word.
    Closed,
    /// Without the end that HTTP owes: the connection is dropped.
    Cut,
    /// Never, until the server hangs up.
    Open,
}

impl Reply {
    /// A whole response: `response.created`, what is added, `response.completed` with a usage of 10 tokens in and 5 out.
    #[must_use]
    pub fn turn() -> Self {
        Self::turn_of(events::RESPONSE_ID, events::usage(10, 0, 5, 0))
    }

    /// As [`Self::turn`] with this response id and usage.
    #[must_use]
    pub fn turn_of(response_id: &str, usage: Value) -> Self {
        let ending = Ending::Completed { response_id: response_id.to_owned(), usage };
        Self { answer: Answer::Stream { steps: Vec::new(), ending } }.event(&events::created(response_id))
    }

    /// A stream of nothing but what is added, which then ends.
    #[must_use]
    pub fn stream() -> Self {
        Self { answer: Answer::Stream { steps: Vec::new(), ending: Ending::Closed } }
    }

    /// A response that fails with an error of this code.
    #[must_use]
    pub fn failed(code: &str, message: &str) -> Self {
        Self::stream().event(&events::created(events::RESPONSE_ID)).event(&events::failed(code, message))
    }

    /// A plain answer with this status and an empty body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { answer: Answer::Plain { status, headers: Vec::new(), body: String::new() } }
    }

    /// Whatever `reply` makes of the request.
    #[must_use]
    pub fn computed(reply: impl Fn(&ModelRequest) -> Self + Send + Sync + 'static) -> Self {
        Self { answer: Answer::Computed(Arc::new(reply)) }
    }

    fn step(mut self, step: Step) -> Self {
        match &mut self.answer {
            Answer::Stream { steps, .. } => steps.push(step),
            _ => panic!("only a stream has steps"),
        }
        self
    }

    fn ending(mut self, how: Ending) -> Self {
        match &mut self.answer {
            Answer::Stream { ending, .. } => *ending = how,
            _ => panic!("only a stream has an ending"),
        }
        self
    }

    /// Adds an event of the Responses API, or a chunk of chat completions (which has no `type`).
    #[must_use]
    pub fn event(self, event: &Value) -> Self {
        let bytes = match event["type"].as_str() {
            Some(kind) => format!("event: {kind}\ndata: {event}\n\n"),
            None => format!("data: {event}\n\n"),
        };
        self.raw(&bytes)
    }

    /// Adds events, such as those of [`events::message`].
    #[must_use]
    pub fn events(self, events: &[Value]) -> Self {
        events.iter().fold(self, Self::event)
    }

    /// Adds bytes as they stand.
    #[must_use]
    pub fn raw(self, bytes: &str) -> Self {
        self.step(Step::Bytes(bytes.to_owned()))
    }

    /// Adds a whole message `msg_1`, one delta a word.
    #[must_use]
    pub fn message(self, text: &str) -> Self {
        let deltas: Vec<_> = text.split_inclusive(' ').collect();
        self.message_of("msg_1", &deltas)
    }

    /// Adds a whole message with this id and these deltas.
    #[must_use]
    pub fn message_of(self, item_id: &str, deltas: &[&str]) -> Self {
        self.events(&events::message(item_id, deltas))
    }

    /// Adds a reasoning item `rs_1` whose summary has these parts.
    #[must_use]
    pub fn reasoning(self, summary: &[&str]) -> Self {
        self.events(&events::reasoning("rs_1", summary))
    }

    /// Adds a call of a function.
    #[must_use]
    pub fn call(self, call_id: &str, name: &str, arguments: &Value) -> Self {
        self.events(&events::call(call_id, name, arguments))
    }

    /// Adds a call of a custom tool.
    #[must_use]
    pub fn custom_call(self, call_id: &str, name: &str, input: &str) -> Self {
        self.events(&events::custom_call(call_id, name, input))
    }

    /// Waits here until the test opens the gate.
    #[must_use]
    pub fn gate(self, gate: &Gate) -> Self {
        self.step(Step::Gate(gate.clone()))
    }

    /// Drops the connection after the last step, without an end.
    #[must_use]
    pub fn cut(self) -> Self {
        self.ending(Ending::Cut)
    }

    /// Says nothing more after the last step and keeps the connection open.
    #[must_use]
    pub fn hang(self) -> Self {
        self.ending(Ending::Open)
    }

    /// Gives a plain answer this body.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        self.header("content-type", "application/json").text(&body.to_string())
    }

    /// Gives a plain answer this body.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        match &mut self.answer {
            Answer::Plain { body, .. } => text.clone_into(body),
            _ => panic!("only a plain answer has a body"),
        }
        self
    }

    /// Adds a header to a plain answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match &mut self.answer {
            Answer::Plain { headers, .. } => headers.push((name.to_owned(), value.to_owned())),
            _ => panic!("only a plain answer takes headers"),
        }
        self
    }

    /// The reply that a request really gets.
    pub(super) fn resolve(self, request: &ModelRequest) -> Self {
        match self.answer {
            Answer::Computed(reply) => reply(request).resolve(request),
            _ => self,
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.answer {
            Answer::Stream { steps, ending } => {
                f.debug_struct("Stream").field("steps", &steps.len()).field("ending", ending).finish()
            }
            Answer::Plain { status, .. } => f.debug_struct("Plain").field("status", status).finish_non_exhaustive(),
            Answer::Computed(_) => f.write_str("Computed"),
        }
    }
}
