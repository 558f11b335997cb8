//! What the setup needs from the outside: two HTTP requests, and a program that is run.

use std::future::Future;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use codex_utils_elapsed::format_elapsed;
use serde_json::Value;

/// The HTTP that the setup speaks.
pub trait OssHttp: Sync {
    /// Gets a JSON document; the whole answer is there within `limit`.
    ///
    /// # Errors
    ///
    /// [`HttpError`]; an answer that is no JSON is one.
    fn get_json(&self, url: &str, limit: Duration) -> impl Future<Output = Result<Value, HttpError>> + Send;

    /// Posts a JSON document and hands over each line of the answer as soon as it is complete, without its end, until
    /// `on_line` breaks off or the answer ends. The answer begins, and goes on, within `silence`.
    ///
    /// # Errors
    ///
    /// [`HttpError`]; breaking off is none.
    fn post_json_lines(
        &self,
        url: &str,
        body: &Value,
        silence: Duration,
        on_line: &mut (dyn FnMut(&str) -> ControlFlow<()> + Send),
    ) -> impl Future<Output = Result<(), HttpError>> + Send;
}

/// The running of programs.
pub trait RunProgram: Sync {
    /// Runs a program without input and hands over each line of its output. It ends with the future, at the latest.
    ///
    /// # Errors
    ///
    /// When it cannot be started, or nothing is known about its end.
    fn run(
        &self,
        program: &Path,
        arguments: &[&str],
        on_line: &mut (dyn FnMut(&str) + Send),
    ) -> impl Future<Output = io::Result<ProgramEnd>> + Send;
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramEnd {
    /// Whether it says that it did what it should.
    pub success: bool,
    /// Its exit code or signal, for people.
    pub status: String,
    /// The last line of its error output; empty when there was none.
    pub complaint: String,
}

/// Why an HTTP request has no usable answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// Nobody answers there.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// Nothing came in time.
    #[error("no answer within {}", format_elapsed(*limit))]
    Slow {
        /// How long was waited.
        limit: Duration,
    },
    /// The server refuses.
    #[error("HTTP status {status}{}{detail}", if detail.is_empty() { "" } else { ": " })]
    Status {
        /// The status.
        status: u16,
        /// The beginning of what was said about it; may be empty.
        detail: String,
    },
    /// The answer is no JSON, or too long.
    #[error("{0}")]
    Unreadable(String),
    /// The answer broke off.
    #[error("the connection broke: {0}")]
    Broken(String),
}
