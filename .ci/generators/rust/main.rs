//! Decodes lines `TYPE<TAB>JSON` with generated types and writes each back: answers `ok`, `refused: ...`
//! or `not written back: ...`, a line each.
#![forbid(unsafe_code)]

#[allow(warnings)]
mod generated;

use std::io::{BufRead, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Decodes with `T` and looks whether encoding gives back everything.
fn round_trip<T: DeserializeOwned + Serialize>(json: &str) -> Result<(), String> {
    let value: T = serde_json::from_str(json).map_err(|error| format!("refused: {error}"))?;
    let written = serde_json::to_value(value).map_err(|error| format!("not written: {error}"))?;
    let read: Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    match lost(&written, &read) {
        None => Ok(()),
        Some(place) => Err(format!("not written back: {place}")),
    }
}

/// The first place in `read` that `written` does not hold. Empty lists and maps, and nulls, may be left out on writing; what
/// was left out may be written as its default.
fn lost(written: &Value, read: &Value) -> Option<String> {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => read.iter().find_map(|(name, read)| {
            let below = match written.get(name) {
                Some(written) => lost(written, read),
                None if is_nothing(read) => None,
                None => Some(String::new()),
            };
            below.map(|below| format!("/{name}{below}"))
        }),
        (Value::Array(written), Value::Array(read)) if written.len() == read.len() => {
            let pairs = written.iter().zip(read).enumerate();
            pairs.filter_map(|(at, (written, read))| Some(format!("/{at}{}", lost(written, read)?))).next()
        }
        (Value::Number(written), Value::Number(read)) if written.as_f64() == read.as_f64() => None,
        _ => (written != read).then(String::new),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// By the name of the type, from the arms that were written beside the types.
fn check(kind: &str, json: &str) -> Result<(), String> {
    include!("arms.rs")
}

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (kind, json) = line.split_once('\t').unwrap_or((&line, ""));
        match check(kind, json) {
            Ok(()) => writeln!(out, "ok")?,
            Err(complaint) => writeln!(out, "{}", complaint.replace('\n', " "))?,
        }
    }
    Ok(())
}
