//! Policies from real files, decisions about whole calls, and what scripts are shown as.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod actions;
mod amending;
mod deciding;
mod loading;
#[cfg(unix)]
mod shells;

use std::path::Path;

use codex_exec_policy::Policy;

/// The policy of one text.
#[track_caller]
fn policy(text: &str) -> Policy {
    Policy::parse(Path::new("/top/rules/a.rules"), text).unwrap()
}

/// The call of a script.
fn script(script: &str) -> Vec<String> {
    words(&["/bin/bash", "-lc", script])
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
