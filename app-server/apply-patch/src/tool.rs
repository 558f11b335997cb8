//! The command apply_patch: a patch as its argument or on standard input, applied hunk by hunk.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Duration;

use crate::apply::{Writer, summary};
use crate::files::LocalFiles;
use crate::parse::parse;
use crate::plan::Operation;

const USAGE: &str = "Usage: apply_patch 'PATCH'\n       echo 'PATCH' | apply_patch\n";

/// What the command says and how it ends.
struct Outcome {
    code: i32,
    output: String,
    error: String,
}

impl Outcome {
    fn failed(code: i32, error: impl Into<String>) -> Self {
        Self { code, output: String::new(), error: error.into() }
    }
}

/// Runs the command apply_patch in a folder, with the arguments behind its name. Hunks that were applied before one fails stay.
/// Returns the exit code: 0 when all was applied, 1 when something failed, 2 when there is no patch, or more than one
/// argument.
///
/// # Errors
/// When its output cannot be written.
pub fn run_tool(
    arguments: &[OsString],
    cwd: &Path,
    input: &mut dyn Read,
    output: &mut dyn Write,
    error: &mut dyn Write,
) -> io::Result<i32> {
    let outcome = match patch_text(arguments, input) {
        Ok(text) => apply(&text, cwd),
        Err(outcome) => outcome,
    };
    output.write_all(outcome.output.as_bytes())?;
    output.flush()?;
    error.write_all(outcome.error.as_bytes())?;
    error.flush()?;
    Ok(outcome.code)
}

fn patch_text(arguments: &[OsString], input: &mut dyn Read) -> Result<String, Outcome> {
    match arguments {
        [] => {
            let mut text = String::new();
            if let Err(error) = input.read_to_string(&mut text) {
                return Err(Outcome::failed(1, format!("Error: Failed to read PATCH from stdin.\n{error}\n")));
            }
            if text.is_empty() { Err(Outcome::failed(2, USAGE)) } else { Ok(text) }
        }
        [text] => {
            let text = text.to_str().map(str::to_owned);
            text.ok_or_else(|| Outcome::failed(1, "Error: apply_patch requires a UTF-8 PATCH argument.\n"))
        }
        _ => Err(Outcome::failed(2, "Error: apply_patch accepts exactly one argument.\n")),
    }
}

fn apply(text: &str, cwd: &Path) -> Outcome {
    let patch = match parse(text) {
        Ok(patch) => patch,
        Err(error) => return Outcome::failed(1, format!("{}\n", error.tool_text())),
    };
    if patch.hunks.is_empty() {
        return Outcome::failed(1, "No files were modified.\n");
    }
    let mut writer = Writer::new(&LocalFiles);
    let mut done = Vec::with_capacity(patch.hunks.len());
    for hunk in &patch.hunks {
        let operation = Operation::new(hunk, cwd, &LocalFiles, None);
        match operation.and_then(|operation| writer.perform(&operation).map(|()| operation)) {
            Ok(operation) => done.push(operation),
            Err(problem) => return Outcome::failed(1, format!("{problem}\n")),
        }
    }
    Outcome { code: 0, output: summary(&done), error: String::new() }
}

/// The text for a model after a call of the tool: how it ended, how long it took in tenths of seconds, and what it said.
pub fn tool_output(code: i32, elapsed: Duration, text: &str) -> String {
    let seconds = (elapsed.as_secs_f64() * 10.0).round() / 10.0;
    format!("Exit code: {code}\nWall time: {seconds} seconds\nOutput:\n{text}")
}
