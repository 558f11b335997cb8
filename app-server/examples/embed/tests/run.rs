//! The example as its reader runs it.

use std::process::Command;

#[test]
fn the_example_prints_what_the_model_says() {
    let output = Command::new(env!("CARGO_BIN_EXE_codex-app-server-embed-example")).arg("Hello").output().unwrap();
    let (said, told) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(said.trim().len() > 20 && said.ends_with('\n'), "{said}");
}
