//! Every message of a connection, printed and logged as it passes.

use std::fs::File;
use std::io::{LineWriter, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use codex_app_server_client::{Tap, Way};

use super::report;

/// What is done with each message.
pub(super) type Look = Box<dyn Fn(Way, &str) + Send + Sync>;

/// What looks at every message: `print`, and the log in the form that `schema check` reads.
pub(super) fn tap(print: Option<Look>, log: Option<&Path>) -> anyhow::Result<Option<Tap>> {
    let log = match log {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("{} cannot be written", path.display()))?;
            Some(Mutex::new(LineWriter::new(file)))
        }
        None => None,
    };
    if print.is_none() && log.is_none() {
        return Ok(None);
    }
    Ok(Some(Arc::new(move |way, line: &str| {
        if let Some(print) = &print {
            print(way, line);
        }
        if let Some(log) = &log {
            let arrow = match way {
                Way::ToServer => "->",
                Way::FromServer => "<-",
            };
            let written = writeln!(log.lock().unwrap_or_else(PoisonError::into_inner), "{arrow} {line}");
            if let Err(error) = written {
                report(&format!("the log cannot be written: {error}"));
            }
        }
    })))
}

/// Prints a message on a line of its own. A reader that went away ends the printing, not what is printed about.
pub(super) fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n"));
}
