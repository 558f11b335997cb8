//! `doctor` on homes that are fine and homes that are not, as people run it.

use std::process::Output;

use codex_app_server_test_support::ServerBuilder;
use serde_json::Value;

use super::raw::run;
use super::server;

const ID: &str = "01950000-0000-7000-8000-00000000000a";
const META: &str = r#"{"timestamp":"2026-03-04T05:06:07Z","type":"session_meta","payload":{"id":"01950000-0000-7000-8000-00000000000a","timestamp":"2026-03-04T05:06:07Z","cwd":"/p","originator":"x","cli_version":"1","source":"cli"}}"#;
const USER: &str =
    r#"{"timestamp":"2026-03-04T05:06:08Z","type":"event_msg","payload":{"type":"user_message","message":"Hello"}}"#;

fn with_rollout(content: &str) -> ServerBuilder {
    let name = format!("sessions/2026/03/04/rollout-2026-03-04T05-06-07-{ID}.jsonl");
    server().file("config.toml", "model = \"m\"\n").file(&name, content)
}

async fn doctor(builder: ServerBuilder, words: &[&str]) -> (Option<i32>, String) {
    let builder = words.iter().fold(builder.arg("doctor"), |builder, word| builder.arg(word));
    let Output { status, stdout, .. } = run(builder.command()).await;
    (status.code(), String::from_utf8(stdout).unwrap())
}

/// The findings of a part, with how bad they are; what the machine lacks is not looked at.
async fn part(builder: ServerBuilder, words: &[&str], name: &str) -> Vec<(String, String)> {
    let (_, out) = doctor(builder, &[&["--json"], words].concat()).await;
    let report: Value = serde_json::from_str(&out).unwrap();
    let parts = report["parts"].as_array().unwrap();
    let part = parts.iter().find(|part| part["name"] == name).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    part["findings"].as_array().unwrap().iter().map(|found| (text(&found["weight"]), text(&found["text"]))).collect()
}

#[tokio::test]
async fn a_sound_history_is_counted_and_an_index_is_made_on_demand() {
    let home = || with_rollout(&format!("{META}\n{USER}\n"));
    let found = part(home(), &[], "history").await;
    assert_eq!(found, [("fine".to_owned(), "1 threads in 1 files of 0 MiB, 0 of them archived".to_owned())]);
    let found = part(home(), &[], "index").await;
    assert_eq!(found[0], ("fine".to_owned(), "there is none yet; the first list of threads makes it".to_owned()));
    let found = part(home(), &["--fix"], "index").await;
    assert!(found[1].1.ends_with("knows 1 files, the messages of 1"), "{found:?}");
}

#[tokio::test]
async fn damage_is_told_line_by_line_and_ends_with_one() {
    let (code, out) = doctor(with_rollout(&format!("{META}\n{{oops\n{USER}\n{{\"half")), &[]).await;
    assert_eq!(code, Some(1));
    assert!(out.contains("wrong") && out.contains("has 1 lines that cannot be read"), "{out}");
    assert!(out.contains("odd") && out.contains("ends in the middle of a line"), "{out}");

    let found = part(with_rollout("no metadata\n"), &[], "history").await;
    assert_eq!(found[1].0, "wrong");
    assert!(found[1].1.contains("does not start with session metadata"), "{found:?}");

    let base = r#","history_mode":"paginated","history_base":{"thread_id":"01950000-0000-7000-8000-00000000000b","end_byte_offset":9,"end_ordinal_exclusive":1}}}"#;
    let fork = META.replace("}}", base);
    let found = part(with_rollout(&format!("{fork}\n")), &[], "history").await;
    assert!(found[1].0 == "wrong" && found[1].1.contains("goes on from a file that is gone"), "{found:?}");
}

#[tokio::test]
async fn a_broken_database_and_a_wrong_configuration_are_told() {
    let home = with_rollout("").file("app-server-things.sqlite", "this is no database, whatever its name says");
    let found = part(home, &[], "databases").await;
    assert!(found[0].0 == "wrong" && found[0].1.contains("not a database"), "{found:?}");
    let (code, out) = doctor(server().file("config.toml", "model = 3\n"), &[]).await;
    assert!(code == Some(1) && out.contains("expected a string"), "{out}");
}
