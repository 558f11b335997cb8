//! The workspace keeps its own rules.

use std::path::Path;

use codex_app_server_test_support::tidy;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn crates_keep_the_rules() {
    let complaints = tidy::crate_rules(root()).unwrap();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn files_keep_the_rules() {
    let complaints = tidy::source_rules(root()).unwrap();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn promises_are_tested() {
    let complaints = tidy::promise_rules(root()).unwrap();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
