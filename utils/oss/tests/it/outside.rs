//! An outside that answers from a table and writes down what it was asked.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use codex_utils_oss::{HttpError, OssHttp, ProgramEnd, RunProgram};
use serde_json::Value;

/// Answers by URL; a URL that is not in it is not found.
#[derive(Default)]
pub struct Outside {
    documents: HashMap<String, Result<Value, HttpError>>,
    lines: HashMap<String, (Vec<String>, Result<(), HttpError>)>,
    program: Option<(Vec<String>, ProgramEnd)>,
    asked: Mutex<Vec<String>>,
}

impl Outside {
    /// The document at a URL.
    pub fn document(mut self, url: &str, answer: Result<Value, HttpError>) -> Self {
        self.documents.insert(url.to_owned(), answer);
        self
    }

    /// The lines that a post gets, and how the answer ends.
    pub fn lines(mut self, url: &str, lines: &[&str], end: Result<(), HttpError>) -> Self {
        self.lines.insert(url.to_owned(), (lines.iter().map(ToString::to_string).collect(), end));
        self
    }

    /// What any program does.
    pub fn program(mut self, lines: &[&str], end: ProgramEnd) -> Self {
        self.program = Some((lines.iter().map(ToString::to_string).collect(), end));
        self
    }

    /// What was asked, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn note(&self, what: String) {
        self.asked.lock().unwrap().push(what);
    }
}

fn not_found() -> HttpError {
    HttpError::Status { status: 404, detail: String::new() }
}

impl OssHttp for Outside {
    async fn get_json(&self, url: &str, limit: Duration) -> Result<Value, HttpError> {
        self.note(format!("GET {url} within {limit:?}"));
        self.documents.get(url).cloned().unwrap_or_else(|| Err(not_found()))
    }

    async fn post_json_lines(
        &self,
        url: &str,
        body: &Value,
        silence: Duration,
        on_line: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> Result<(), HttpError> {
        self.note(format!("POST {url} {body} within {silence:?}"));
        let (lines, end) = self.lines.get(url).ok_or_else(not_found)?;
        for line in lines {
            if on_line(line).is_break() {
                return Ok(());
            }
        }
        end.clone()
    }
}

impl RunProgram for Outside {
    async fn run(
        &self,
        program: &Path,
        arguments: &[&str],
        on_line: &mut (dyn FnMut(&str) + Send),
    ) -> io::Result<ProgramEnd> {
        self.note(format!("{} {}", program.display(), arguments.join(" ")));
        let (lines, end) = self.program.as_ref().ok_or(io::ErrorKind::NotFound)?;
        for line in lines {
            on_line(line);
        }
        Ok(end.clone())
    }
}

/// The output of a future that never waits.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}
