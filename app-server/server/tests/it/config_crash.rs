//! Writes of several processes, and writes that are cut off: nothing is lost, nothing is torn.

use codex_app_server_test_support::{TestHome, TestServer};
use serde_json::{Value, json};

use super::server;

/// Writes of each of the two processes.
const WRITES: usize = 500;

/// Servers that are killed while they write.
const ROUNDS: usize = 200;

fn config_of(home: &TestHome) -> toml::Table {
    let text = std::fs::read_to_string(home.codex_home().join("config.toml")).unwrap();
    toml::from_str(&text).expect(&text)
}

/// Writes numbers under a name of its own, one after the other.
async fn write_numbers(mut server: TestServer, name: &str) -> TestServer {
    let client = server.client().await;
    for number in 0..WRITES {
        let key = format!("desktop.{name}.n{number}");
        let params = json!({"keyPath": key, "value": number, "mergeStrategy": "replace"});
        let written = client.call("config/value/write", params).await;
        assert_eq!(written["status"], "ok");
    }
    client.ignore_rest();
    drop(client);
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_lose_no_write_of_each_other() {
    let first = server().start().await;
    let shared = first.home().codex_home();
    let second = server().env("CODEX_HOME", &shared).start().await;
    let (first, second) =
        tokio::join!(tokio::spawn(write_numbers(first, "a")), tokio::spawn(write_numbers(second, "b")));
    let (first, second) = (first.unwrap(), second.unwrap());
    let config = config_of(first.home());
    for name in ["a", "b"] {
        assert_eq!(config["desktop"][name].as_table().unwrap().len(), WRITES);
    }
    first.finish().await;
    second.finish().await;
}

/// What is in the file after a kill is what was there before some write or after it, and never less than what was told.
#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_writing_leaves_the_old_file_or_the_new_one() {
    let home = TestHome::new();
    home.write("config.toml", "# head\nmodel = \"a\" # mine\n");
    let path = home.codex_home();
    let mut number = 0_u64;
    for round in 0..ROUNDS {
        let mut server = server().env("CODEX_HOME", &path).start().await;
        let client = server.client().await;
        let mut told = 0;
        // Some writes are told of, the next one is cut off somewhere.
        for _ in 0..round % 4 {
            number += 1;
            client.call("config/batchWrite", both(number)).await;
            told = number;
        }
        number += 1;
        let first = client.post("config/batchWrite", both(number)).await;
        if round % 3 == 0 {
            // The second one is under way when the first is answered.
            client.post("config/batchWrite", both(number + 1)).await;
            client.answer(&first).await.unwrap();
            told = number;
            number += 1;
        }
        server.signal("KILL");
        server.wait().await;
        client.ignore_rest();
        let config = config_of(&home);
        assert_eq!(config["model"].as_str(), Some("a"));
        if let Some(desktop) = config.get("desktop") {
            let (left, right) = (desktop["left"].as_integer(), desktop["right"]["deep"].as_integer());
            assert_eq!(left, right, "round {round}");
            assert!(left >= i64::try_from(told).ok(), "round {round}: {left:?} is older than {told}");
        } else {
            assert_eq!(told, 0, "round {round}");
        }
    }
    let mut server = server().env("CODEX_HOME", &path).start().await;
    let client = server.client().await;
    client.call("config/batchWrite", both(number + 1)).await;
    client.ignore_rest();
    drop(client);
    server.finish().await;
    let left: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
}

/// A write of one number at two places.
fn both(number: u64) -> Value {
    let edit = |key: &str| json!({"keyPath": key, "value": number, "mergeStrategy": "replace"});
    json!({"edits": [edit("desktop.left"), edit("desktop.right.deep")]})
}
