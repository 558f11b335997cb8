//! Threads that go back and forth between codex itself and this server, on one home. Runs where the variable
//! `CODEX_REFERENCE` names the native binary of codex 0.169.0, and says so where it does not.

use std::path::{Path, PathBuf};

use codex_app_server_test_support::{ModelEndpoint, Reply, TestClient, TestHome, TestServer};
use serde_json::{Value, json};

use super::{saying, server};

/// What both have to show of an item; times and ids of commands' processes are left out.
const SHOWN: [&str; 9] =
    ["type", "id", "text", "content", "summary", "command", "aggregatedOutput", "exitCode", "changes"];

/// One of the two servers on the home, with an initialized client.
async fn served(reference: Option<&Path>, home: &TestHome) -> (TestServer, TestClient) {
    let builder = match reference {
        Some(path) => TestServer::builder(path).arg("app-server"),
        None => server(),
    };
    let mut server = builder.env("CODEX_HOME", home.codex_home()).env("HOME", home.user_home()).start().await;
    let client = server.connect().await.of_any_server();
    client.initialize_with(json!({"experimentalApi": true})).await;
    (server, client)
}

async fn end(server: TestServer, client: TestClient) {
    client.ignore_rest();
    drop(client);
    server.finish().await;
}

/// Resumes the thread and gives its turns as they are shown.
async fn resumed(client: &TestClient, thread: &str) -> Vec<Value> {
    let answer = client.call("thread/resume", json!({"threadId": thread})).await;
    let turns = answer["thread"]["turns"].as_array().unwrap();
    let shown = |item: &Value| -> Value {
        SHOWN.iter().filter(|key| !item[**key].is_null()).map(|key| ((*key).to_owned(), item[*key].clone())).collect()
    };
    let of_turn = |turn: &Value| {
        let items: Vec<Value> = turn["items"].as_array().unwrap().iter().map(shown).collect();
        json!({"id": turn["id"], "status": turn["status"], "items": items})
    };
    turns.iter().map(of_turn).collect()
}

async fn run(client: &TestClient, thread: &str, text: &str) {
    let answer = client.call("turn/start", saying(thread, text)).await;
    let turn = answer["turn"]["id"].clone();
    client.note_where("turn/completed", |params| params["turn"]["id"] == turn).await;
}

/// What the model is answered with, over and over: a command, a patch, then words.
fn script(model: &ModelEndpoint, round: usize) {
    let patch = format!("*** Begin Patch\n*** Add File: file-{round}.txt\n+line {round}\n*** End Patch");
    let command = json!({"cmd": format!("echo printed {round}")});
    let patching = json!({"cmd": format!("apply_patch <<'EOF'\n{patch}\nEOF")});
    let reasoned = Reply::turn().reasoning(&["Thinking."]);
    model.push(reasoned.call(&format!("call_{round}_a"), "exec_command", &command));
    model.push(Reply::turn().call(&format!("call_{round}_b"), "exec_command", &patching));
    model.push(Reply::turn().message_of(&format!("msg_{round}"), &["Round ", &round.to_string()]));
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_go_on_in_codex_and_come_back() {
    let Some(reference) = std::env::var_os("CODEX_REFERENCE").map(PathBuf::from) else {
        eprintln!("skipped: CODEX_REFERENCE does not name the binary of codex 0.169.0");
        return;
    };
    let home = TestHome::new();
    let model = ModelEndpoint::start().await;
    home.configure(&model, "", "");
    // Each begins a thread that the other goes on with.
    for first_is_codex in [false, true] {
        let of = |round: usize| (round.is_multiple_of(2) == first_is_codex).then_some(reference.as_path());
        let (server, client) = served(of(0), &home).await;
        let started = client.call("thread/start", json!({"cwd": home.cwd()})).await;
        let thread = started["thread"]["id"].as_str().unwrap().to_owned();
        script(&model, 0);
        run(&client, &thread, "Say 0").await;
        end(server, client).await;
        let mut before: Vec<Value> = Vec::new();
        for round in 1..4 {
            let (server, client) = served(of(round), &home).await;
            let turns = resumed(&client, &thread).await;
            assert_eq!(turns.len(), round, "{turns:#?}");
            assert_eq!(turns[..before.len()], before, "both show the same of what both have shown");
            let kinds: Vec<&str> = turns[round - 1]["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["type"].as_str().unwrap())
                .collect();
            assert_eq!(kinds, ["userMessage", "reasoning", "commandExecution", "fileChange", "agentMessage"]);
            before = turns;
            script(&model, round);
            run(&client, &thread, &format!("Say {round}")).await;
            // The model knows all that was said before, whoever ran it.
            let asked = model.requests();
            let said = asked.last().unwrap().user_texts().join("\n");
            for earlier in 0..=round {
                assert!(said.contains(&format!("Say {earlier}")), "{said}");
            }
            end(server, client).await;
        }
    }
}
