//! What is split, held against the shells of this machine: they must run just those words.

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use codex_exec_policy::plain_commands;
use proptest::prelude::*;

/// A program that writes down its arguments, each behind a line with their number.
const PROGRAM: &str =
    "#!/bin/sh\nprintf '%s\\n' \"$#\" >> \"$LOG\"\nfor word; do printf '%s\\n' \"$word\" >> \"$LOG\"; done\n";

fn shells() -> Vec<&'static Path> {
    ["/bin/sh", "/bin/bash", "/bin/zsh"].map(Path::new).into_iter().filter(|shell| shell.exists()).collect()
}

/// What the program wrote down when a shell ran a script.
fn run(shell: &Path, folder: &Path, script: &str) -> String {
    let log = folder.join("log");
    fs::write(&log, "").unwrap();
    let status = Command::new(shell)
        .args(["-c", script])
        .env_clear()
        .env("PATH", folder)
        .env("LOG", &log)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "{} ends with {status} on {script:?}", shell.display());
    String::from_utf8(fs::read(log).unwrap()).unwrap()
}

#[test]
fn shells_run_what_is_split() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("p");
    fs::write(&program, PROGRAM).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    // Something for globs to find.
    fs::write(folder.path().join("a"), "").unwrap();

    let config = ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() };
    let script = "(p |p|; p |;p |&& p |\np |\\\\\n|[a-c0-9]|[ '\"$*?~#=!,:.@%+/\\[\\]{}()<>^-]|\\\\|=a|'[a~*$ ]{0,2}'|\"[a~* ]{0,2}\"|\t|é){1,12}";
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let tried = Cell::new(0);
    runner
        .run(&script.prop_map(|rest| format!("p {rest}")), |script| {
            let Some(commands) = plain_commands(&script) else {
                return Ok(());
            };
            if commands.iter().any(|command| command[0] != "p") {
                return Ok(());
            }
            tried.set(tried.get() + 1);
            let expected: String = (commands.iter())
                .map(|command| {
                    format!(
                        "{}\n{}",
                        command.len() - 1,
                        command[1..].iter().map(|word| format!("{word}\n")).collect::<String>()
                    )
                })
                .collect();
            for shell in shells() {
                prop_assert_eq!(
                    run(shell, folder.path(), &script),
                    expected.clone(),
                    "{} {:?}",
                    shell.display(),
                    script
                );
            }
            Ok(())
        })
        .unwrap();
    // Most random texts are refused; enough must have been held against the shells.
    assert!(tried.get() > 30, "only {} scripts were split", tried.get());
}
