//! The example as its reader runs it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

fn said(prompt: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_codex-app-server-embed-example")).arg(prompt).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_example_prints_what_the_model_says() {
    let said = said("Hello");
    assert!(said.contains("Hello") && said.ends_with('\n'), "{said}");
}

#[test]
#[cfg(unix)]
fn commands_are_confined_by_the_program_itself() {
    let said = said("What can you do?");
    assert!(said.contains("First I look around.") && !said.contains("did not come out as it should"), "{said}");
}
