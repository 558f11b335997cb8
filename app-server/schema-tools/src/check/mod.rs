//! Whether a recorded wire log keeps to an export.
//!
//! Each line is looked at alone, but for answers: they belong to the request with their id that went the other way. What
//! is said about a line never holds secrets, and never a whole value.

mod explain;
mod line;
mod outcome;
mod shorten;
mod validate;

use std::collections::HashMap;
use std::io::{self, BufRead};

use explain::{NOTHING, explain};
pub use line::Way;
use line::{Envelope, Id, Line, envelope, parse};
pub use outcome::{Complaint, Counts, Outcome, Problem, Weight};
use serde_json::Value;
use shorten::shorten;

use crate::export::{Direction, Export, Method};

/// Validates a log, line by line.
///
/// # Errors
/// When the log cannot be read. What cannot be understood is a complaint.
pub fn check(export: &Export, mut log: impl BufRead) -> io::Result<Outcome> {
    let mut checker = Checker { export, outcome: Outcome::default(), pending: HashMap::new() };
    let mut bytes = Vec::new();
    let mut number = 0;
    loop {
        bytes.clear();
        if log.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        number += 1;
        match std::str::from_utf8(&bytes) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => checker.line(number, text.trim()),
            Err(error) => checker.unreadable(number, format!("not UTF-8: {error}")),
        }
    }
    checker.end();
    Ok(checker.outcome)
}

/// A request that waits for its answer.
struct Pending {
    line: usize,
    method: String,
}

struct Checker<'a> {
    export: &'a Export,
    outcome: Outcome,
    /// By the way of the request and its id.
    pending: HashMap<(Way, Id), Pending>,
}

/// Where a complaint belongs.
struct Context<'a> {
    line: usize,
    way: Way,
    method: Option<&'a str>,
}

impl Checker<'_> {
    fn line(&mut self, number: usize, text: &str) {
        match parse(text) {
            Ok(Line { way, message }) => self.message(number, way, &message),
            Err(error) => self.unreadable(number, error),
        }
    }

    fn unreadable(&mut self, line: usize, found: String) {
        self.outcome.counts.unreadable += 1;
        self.outcome.complaints.push(Complaint {
            line,
            direction: None,
            method: None,
            problem: Problem::UnreadableLine,
            pointer: String::new(),
            expected: "a direction and a message".to_owned(),
            found,
        });
    }

    fn message(&mut self, line: usize, way: Way, message: &Value) {
        let context = Context { line, way, method: None };
        match envelope(message) {
            Err(wrong) => {
                self.outcome.counts.wrong_envelopes += 1;
                self.complain(&context, Problem::WrongEnvelope, wrong.pointer, wrong.expected, wrong.found);
            }
            Ok(Envelope::Request { id, method }) => {
                self.outcome.counts.requests += 1;
                self.call(&Context { method: Some(method), ..context }, way.requests(), message);
                let pending = Pending { line, method: method.to_owned() };
                if let Some(earlier) = self.pending.insert((way, id.clone()), pending) {
                    let found = format!("{} of line {}, not answered yet", cut_id(&id), earlier.line);
                    let context = Context { method: Some(method), ..context };
                    self.complain(&context, Problem::IdInUse, "/id", "an id that is free", found);
                }
            }
            Ok(Envelope::Notification { method }) => {
                self.outcome.counts.notifications += 1;
                self.call(&Context { method: Some(method), ..context }, way.notifications(), message);
            }
            Ok(Envelope::Result { id, result }) => {
                self.outcome.counts.results += 1;
                if let Some(request) = self.answered(&context, &id) {
                    let context = Context { method: Some(&request.method), ..context };
                    let method = self.export.method(way.opposite().requests(), &request.method);
                    if let Some(schema) = method.and_then(|method| method.result) {
                        for wrong in explain(self.export, schema, result, "/result") {
                            self.complain(
                                &context,
                                Problem::InvalidResult,
                                &wrong.pointer,
                                wrong.expected,
                                wrong.found,
                            );
                        }
                    }
                }
            }
            Ok(Envelope::Error { id }) => {
                self.outcome.counts.errors += 1;
                self.answered(&context, &id);
            }
        }
    }

    /// The request that an answer belongs to.
    fn answered(&mut self, context: &Context<'_>, id: &Id) -> Option<Pending> {
        let request = self.pending.remove(&(context.way.opposite(), id.clone()));
        if request.is_none() {
            self.complain(context, Problem::AnswerWithoutRequest, "/id", "the id of an open request", cut_id(id));
        }
        request
    }

    /// A request or a notification.
    fn call(&mut self, context: &Context<'_>, direction: Direction, message: &Value) {
        let name = context.method.unwrap_or_default();
        let export = self.export;
        let Some(method) = export.method(direction, name) else {
            let others: Vec<&str> = export.directions(name).map(Direction::describe).collect();
            let name = shorten(&Value::from(name));
            let found = if others.is_empty() { name } else { format!("{name}, a {}", others.join(" and a ")) };
            let expected = format!("a {}", direction.describe());
            return self.complain(context, Problem::UnknownMethod, "/method", expected, found);
        };
        self.params(context, method, message);
        for (name, (schema, required)) in &method.beside {
            let pointer = format!("/{name}");
            match message.get(name) {
                None if *required => {
                    let expected = export.named(*schema);
                    self.complain(context, Problem::InvalidMessage, &pointer, expected, NOTHING.to_owned());
                }
                None => {}
                Some(value) => {
                    for wrong in explain(export, *schema, value, &pointer) {
                        self.complain(context, Problem::InvalidMessage, &wrong.pointer, wrong.expected, wrong.found);
                    }
                }
            }
        }
    }

    fn params(&mut self, context: &Context<'_>, method: &Method, message: &Value) {
        let export = self.export;
        match (method.params, message.get("params")) {
            (Some(schema), Some(params)) => {
                for wrong in explain(export, schema, params, "/params") {
                    self.complain(context, Problem::InvalidParams, &wrong.pointer, wrong.expected, wrong.found);
                }
            }
            (Some(schema), None) if method.params_required => {
                let expected = export.named(schema);
                self.complain(context, Problem::InvalidParams, "/params", expected, NOTHING.to_owned());
            }
            // A method that declares no params does not say that there must be none.
            _ => {}
        }
    }

    fn complain(
        &mut self,
        context: &Context<'_>,
        problem: Problem,
        pointer: &str,
        expected: impl Into<String>,
        found: String,
    ) {
        self.outcome.complaints.push(Complaint {
            line: context.line,
            direction: Some(context.way),
            method: context.method.map(|method| crate::export::notation::cut(method, 100)),
            problem,
            pointer: pointer.to_owned(),
            expected: expected.into(),
            found,
        });
    }

    fn end(&mut self) {
        let mut open: Vec<_> = self.pending.drain().collect();
        open.sort_by_key(|(_, request)| request.line);
        for ((way, id), request) in open {
            let context = Context { line: request.line, way, method: Some(&request.method) };
            let found = format!("the end of the log, {} is open", cut_id(&id));
            self.complain(&context, Problem::UnansweredRequest, "/id", "an answer", found);
        }
    }
}

/// Ids are echoed, but may be of any length.
fn cut_id(id: &str) -> String {
    format!("id {}", crate::export::notation::cut(id, 40))
}
