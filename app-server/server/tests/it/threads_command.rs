//! `threads list`, `threads show` and `threads export` on rollouts that codex wrote, as people run them.

use std::path::Path;
use std::process::Output;

use codex_app_server_test_support::{ServerBuilder, TestServer};
use serde_json::{Value, json};

use super::raw::run;
use super::server;

/// Recorded threads; both begin with `01a1fca8-`.
const MAIN: &str = "01a1fca8-d702-7412-be4f-d48a5554fea7";
const LEGACY: &str = "01a1fca8-f774-7a71-8afa-87d76fcdc60b";
/// A thread that used tools.
const TOOLS: &str = "01950000-0000-7000-8000-00000000000a";

/// A home with recorded threads, the last one archived.
fn home() -> ServerBuilder {
    let builder = with_thread(server(), "paginated-main", false);
    with_thread(with_thread(builder, "legacy-main", false), "legacy-tools", true)
}

/// Puts a recorded thread into the home.
fn with_thread(builder: ServerBuilder, recorded: &str, archived: bool) -> ServerBuilder {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../thread-store/tests/data").join(recorded);
    let mut files = std::fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|extension| extension == "jsonl")).unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let folder = match archived {
        true => "archived_sessions".to_owned(),
        false => format!("sessions/{}", name["rollout-".len()..][..10].replace('-', "/")),
    };
    builder.file(&format!("{folder}/{name}"), &std::fs::read_to_string(&file).unwrap())
}

async fn threads(words: &[&str]) -> (Option<i32>, String, String) {
    threads_of(home(), words).await
}

async fn threads_of(home: ServerBuilder, words: &[&str]) -> (Option<i32>, String, String) {
    let builder = words.iter().fold(home.arg("threads"), |builder, word| builder.arg(*word));
    let Output { status, stdout, stderr } = run(builder.command()).await;
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// What a thread is exported as.
async fn exported(words: &[&str]) -> String {
    let (code, out, err) = threads(&[&["export"], words].concat()).await;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    out
}

#[tokio::test]
async fn a_list_has_a_line_for_each_thread() {
    let (code, out, err) = threads(&["list"]).await;
    assert_eq!((code, err.as_str(), out.lines().count()), (Some(0), "", 2), "{out}");
    assert!([MAIN, LEGACY].iter().all(|id| out.contains(id)), "{out}");

    let (_, out, err) = threads(&["list", "--limit", "1"]).await;
    assert_eq!((out.lines().count(), err.as_str()), (1, "these are the first 1; --limit shows more\n"));

    let (_, out, _) = threads(&["list", "--archived"]).await;
    assert!(out.starts_with(TOOLS) && out.lines().count() == 1, "{out}");

    let (_, out, _) = threads(&["list", "--cwd", "/home/user/project/"]).await;
    assert_eq!(out.lines().count(), 2, "{out}");

    for words in [["list", "--search", "no such words"], ["list", "--cwd", "/no/such/folder"]] {
        let (code, out, err) = threads(&words).await;
        assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "", "no threads\n"), "{words:?}");
    }

    let (_, out, _) = threads(&["list", "--json", "--search", "plain  TURN", "--limit", "1"]).await;
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["data"].as_array().unwrap().len(), 1);
    assert!(answer["nextCursor"].is_string(), "{answer}");
}

#[tokio::test]
async fn a_thread_is_shown_by_the_beginning_of_its_id() {
    let (code, out, err) = threads(&["show", &MAIN[..10]]).await;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with(&format!("thread: {MAIN}\n")), "{out}");
    for part in ["\n> plain turn with reasoning\n", "\n$ ", "\n[exit 0, ", "\n+++ ", "\n[done after "] {
        assert!(out.contains(part), "{part:?}: {out}");
    }
}

#[tokio::test]
async fn an_id_that_is_not_one_thread_fails() {
    for (given, expected) in [
        (
            "01a1fca8",
            format!(
                "Error: 2 threads have an id that begins with \"01a1fca8\"; give more of it:\n  {MAIN}\n  {LEGACY}\n"
            ),
        ),
        ("77", "Error: no thread has an id that begins with \"77\"; `threads list` shows the ids\n".to_owned()),
    ] {
        for verb in ["show", "export"] {
            assert_eq!(threads(&[verb, given]).await, (Some(1), String::new(), expected.clone()));
        }
    }
    for words in [&["show", ""][..], &["export", MAIN, "--json", "--html"], &["list", "--limit", "0"], &[]] {
        assert_eq!(threads(words).await.0, Some(2), "{words:?}");
    }
}

#[tokio::test]
async fn json_is_what_a_client_reads() {
    let out = exported(&["--json", LEGACY]).await;
    let mut server: TestServer = home().start().await;
    let client = server.client().await;
    let read = client.call("thread/read", json!({"threadId": LEGACY, "includeTurns": true})).await;
    let _ = client.rest();
    drop(client);
    server.finish().await;
    let without_path = |mut answer: Value| {
        answer["thread"]["path"] = json!(null);
        answer["thread"]["updatedAt"] = json!(null);
        answer["thread"]["recencyAt"] = json!(null);
        // A server keeps it in a database of its own.
        answer["readState"] = json!(null);
        answer
    };
    assert_eq!(without_path(serde_json::from_str(&out).unwrap()), without_path(read));
}

#[tokio::test]
async fn documents_have_what_was_said_and_done() {
    let text = exported(&[MAIN]).await;
    assert!(text.starts_with("# plain turn with reasoning\n"), "{text}");
    assert!(
        text.contains("\n## Turn 2, ") && text.contains("\n```console\n$ ") && text.contains("\n```diff\n"),
        "{text}"
    );

    let page = exported(&[TOOLS, "--html"]).await;
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{page}");
    assert!(page.contains("<summary><code>s.t</code> ") && page.contains("\n<ins>+c</ins>\n"), "{page}");
    let page = exported(&[MAIN, "--html"]).await;
    assert!(page.contains("<details class=\"step\"><summary><code>$ "), "{page}");
}

#[tokio::test]
async fn a_file_is_written_and_one_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thread.md");
    let out = exported(&[MAIN, "--markdown", "--out", file.to_str().unwrap()]).await;
    assert_eq!(out, "");
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("# plain turn with reasoning\n") && written.ends_with("*\n"));

    let missing = folder.path().join("none/thread.md");
    let (code, _, err) = threads(&["export", MAIN, "--out", missing.to_str().unwrap()]).await;
    assert_eq!(code, Some(1));
    assert!(err.starts_with(&format!("Error: {} cannot be written: ", missing.display())), "{err}");
}

#[tokio::test]
async fn lines_that_cannot_be_read_are_told() {
    let home = with_thread(server(), "legacy-damaged-lines", false);
    let (code, out, err) = threads_of(home, &["show", "0"]).await;
    assert_eq!(code, Some(0));
    assert!(out.contains("\n> "), "{out}");
    assert_eq!(err, "warning: 4 lines of the thread's file cannot be read and are left out\n");
}

#[tokio::test]
async fn a_configuration_that_is_wrong_hides_no_history() {
    let home = || home().file("config.toml", "model = 3\n");
    for words in [&["list"][..], &["show", MAIN], &["export", "--json", LEGACY], &["export", "--html", TOOLS]] {
        let (code, out, err) = threads_of(home(), words).await;
        assert_eq!((code, err.as_str(), out.is_empty()), (Some(0), "", false), "{words:?}");
    }
}
