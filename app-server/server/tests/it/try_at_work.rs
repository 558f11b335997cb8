//! `try` with an agent at work: commands and patches on the screen, and questions to a person at a terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::Stdio;

use codex_app_server_test_support::{DEADLINE, ServerBuilder};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tokio::time::timeout;

use super::server;
use super::try_command::{text, trying};

const JOB: &str = "What can you do?";

fn scripted() -> ServerBuilder {
    server().file("config.toml", "model_provider = \"scripted\"\n")
}

fn program(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join("scripted-demo/sum.sh")).ok()
}

#[tokio::test]
async fn the_scripted_model_does_its_job_in_a_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (output, _) = trying(server().env("TMPDIR", folder.path()), &[JOB]).await;
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}{told}");
    assert!(said.contains("\nIt printed 3, and 1 + 2 + 3 is 6"), "{said}{told}");
    assert!(said.contains("\nIt prints 6 now, and the check passed."), "{said}{told}");
    for shown in [
        "--- /dev/null\n+++ b/scripted-demo/sum.sh\n+#!/bin/sh\n",
        "$ cat scripted-demo/sum.sh\n  #!/bin/sh\n",
        "$ sh scripted-demo/sum.sh 1 2 3\n  3\n[exit 0, ",
        "--- a/scripted-demo/sum.sh\n+++ b/scripted-demo/sum.sh\n@@ ",
        "-    total=$number\n+    total=$((total + number))\n",
        "[1 file changed]\n",
    ] {
        assert!(told.contains(shown), "{shown}\n{told}");
    }
    let fresh = folder.path().read_dir().unwrap().next().unwrap().unwrap().path();
    assert!(program(&fresh).unwrap().contains("total=$((total + number))\n"));
}

#[tokio::test]
async fn without_a_terminal_nothing_is_accepted_unless_all_is() {
    let job = |flags: &'static [&'static str]| {
        let args = [&["-C", ".", "-s", "read-only"], flags, &[JOB]].concat();
        async move { trying(scripted(), &args).await }
    };
    let (output, builder) = job(&[]).await;
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert!(said.contains("\nThat was refused, so I stop here."), "{said}{told}");
    assert!(told.contains("\ndeclined, as nobody can be asked: changes of files (--yes accepts"), "{told}");
    assert!(told.contains("\n[1 file declined]\n"), "{told}");
    assert_eq!(program(builder.command().as_std().get_current_dir().unwrap()), None);
    for flags in [&["--yes"][..], &["--yes", "--json"]] {
        let (output, builder) = job(flags).await;
        let (said, told) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(told.matches("accepted: changes of files\n").count(), 2, "{told}");
        assert!(said.contains("It prints 6 now"), "{said}{told}");
        assert!(program(builder.command().as_std().get_current_dir().unwrap()).is_some());
    }
}

/// A terminal: the side of the person and the side of the program.
fn terminal() -> (File, OwnedFd) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let path = ptsname(&person, Vec::new()).unwrap();
    let program = File::options().read(true).write(true).open(path.to_str().unwrap()).unwrap();
    (File::from(person), program.into())
}

#[tokio::test]
async fn a_person_at_a_terminal_is_asked() {
    let (mut person, program_side) = terminal();
    let builder = ["try", "-C", ".", "-s", "read-only", JOB].into_iter().fold(scripted(), ServerBuilder::arg);
    let mut command = builder.command();
    command.stdin(program_side.try_clone().unwrap()).stderr(program_side).stdout(Stdio::piped()).kill_on_drop(true);
    let child = command.spawn().unwrap();
    // It holds the program's side of the terminal too, which must close with the program.
    drop(command);
    let watching = tokio::task::spawn_blocking(move || {
        let mut seen = Vec::new();
        let mut answered = false;
        let mut bytes = [0; 4096];
        // The read fails once the program has closed its side.
        while let Ok(count @ 1..) = person.read(&mut bytes) {
            seen.extend_from_slice(&bytes[..count]);
            if !answered && String::from_utf8_lossy(&seen).ends_with("end the turn > ") {
                answered = true;
                person.write_all(b"a\n").unwrap();
            }
        }
        String::from_utf8_lossy(&seen).replace("\r\n", "\n")
    });
    let output = timeout(DEADLINE, child.wait_with_output()).await.expect("the program ends").unwrap();
    let seen = timeout(DEADLINE, watching).await.expect("the terminal closes").unwrap();
    assert_eq!(output.status.code(), Some(0), "{seen}");
    assert!(text(&output.stdout).contains("It prints 6 now"), "{seen}");
    // What is asked about stands before the question, and the same files are not asked about twice.
    let diff = seen.find("\x1b[32m+#!/bin/sh\x1b[0m\n").expect("a diff in colours");
    let question = seen.find("May these files be changed?").expect("a question");
    assert!(diff < question, "{seen}");
    assert_eq!(seen.matches("May these files be changed?").count(), 1, "{seen}");
    assert!(seen.contains("n = no, c = no, and end the turn > a\n"), "{seen}");
    assert!(program(builder.command().as_std().get_current_dir().unwrap()).is_some());
}
