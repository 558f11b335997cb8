//! `crash SERVER [ROUNDS] [SEED]`: kills a server at random moments and looks whether anything that it announced is lost.
//!
//! Every round starts the server on the same home, lets it resume the threads, compares them with all that was announced of
//! them so far, keeps several turns going, and kills the process. Announced is what stood in a whole line on stdout: an
//! `item/completed` or a `turn/completed`. Ends with 1 when something is missing.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program for developers: it prints, and a fault ends it"
)]

#[path = "../bench/model.rs"]
mod model;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// Threads that have turns at the same time.
const THREADS: usize = 3;
/// The latest moment of a kill, in milliseconds after the first turn was asked for.
const LATEST: u64 = 250;
/// After so many rounds the threads are left and new ones begun, so that rounds stay short.
const ROUNDS_A_THREAD: usize = 25;

/// What was announced of a turn.
#[derive(Default)]
struct Announced {
    items: BTreeSet<String>,
    /// Its status, once it was announced as ended.
    ended: Option<String>,
}

type Turns = BTreeMap<String, Announced>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let server = arguments.first().expect("usage: crash SERVER_BINARY [ROUNDS] [SEED]");
    let rounds: usize = arguments.get(1).map_or(500, |rounds| rounds.parse().expect("ROUNDS is a number"));
    let mut random = Random(arguments.get(2).map_or(1, |seed| seed.parse().expect("SEED is a number")));
    let home = tempfile::tempdir().unwrap();
    configure(home.path(), &model::start());

    let mut announced: BTreeMap<String, Turns> = BTreeMap::new();
    let mut current: Vec<String> = Vec::new();
    let (mut lost, mut checked) = (0, 0);
    for round in 0..rounds {
        let mut running = Running::start(server, home.path());
        for thread in &current {
            let shown = running.call("thread/resume", &json!({ "threadId": thread }));
            let (missing, seen) = compare(&announced[thread], &shown["thread"]["turns"]);
            checked += seen;
            for missing in &missing {
                println!("round {round}: thread {thread}: {missing}");
            }
            lost += missing.len();
        }
        if round % ROUNDS_A_THREAD == 0 {
            current = (0..THREADS).map(|_| running.thread()).collect();
            announced.extend(current.iter().map(|thread| (thread.clone(), Turns::new())));
        }
        running.kill_in(Duration::from_micros(random.below(LATEST * 1000)));
        running.work(&current, &mut announced);
    }
    println!("{rounds} rounds, {checked} announcements looked up again, {lost} lost");
    std::process::exit(i32::from(lost > 0));
}

fn configure(home: &Path, url: &str) {
    let config = format!(
        "model = \"crash-model\"\nmodel_provider = \"crash\"\napproval_policy = \"never\"\nsandbox_mode = \"danger-full-access\"\n\
         [model_providers.crash]\nname = \"crash\"\nbase_url = \"{url}\"\nwire_api = \"responses\"\n"
    );
    std::fs::write(home.join("config.toml"), config).unwrap();
}

/// What was announced and is not there, in words; and how much was looked up.
fn compare(announced: &Turns, shown: &Value) -> (Vec<String>, usize) {
    let shown: BTreeMap<&str, &Value> =
        shown.as_array().unwrap().iter().map(|turn| (turn["id"].as_str().unwrap(), turn)).collect();
    let (mut missing, mut seen) = (Vec::new(), 0);
    for (id, turn) in announced {
        let Some(there) = shown.get(id.as_str()) else {
            missing.push(format!("turn {id} is lost"));
            continue;
        };
        let items: BTreeSet<&str> =
            there["items"].as_array().unwrap().iter().filter_map(|item| item["id"].as_str()).collect();
        seen += turn.items.len() + usize::from(turn.ended.is_some());
        missing.extend(
            turn.items.iter().filter(|item| !items.contains(item.as_str())).map(|item| format!("item {item} is lost")),
        );
        if let Some(status) = &turn.ended
            && there["status"] != status.as_str()
        {
            missing.push(format!("turn {id} was {status} and is {}", there["status"]));
        }
    }
    (missing, seen)
}

/// A server that will be killed.
struct Running {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next_id: u64,
}

impl Running {
    fn start(server: &str, home: &Path) -> Self {
        let mut child = Command::new(server)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("CODEX_HOME", home)
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server could not be started");
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut running = Self { child: Arc::new(Mutex::new(child)), input, output, next_id: 1 };
        running.call("initialize", &json!({ "clientInfo": { "name": "crash", "version": "1" } }));
        running
    }

    fn send(&mut self, method: &str, params: &Value) -> std::io::Result<u64> {
        let id = self.next_id;
        self.next_id += 1;
        let line = json!({ "id": id, "method": method, "params": params }).to_string();
        self.input.write_all(line.as_bytes()).and_then(|()| self.input.write_all(b"\n"))?;
        self.input.flush()?;
        Ok(id)
    }

    /// The next whole line; `None` once the server is gone.
    fn message(&mut self) -> Option<Value> {
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(_) if line.ends_with('\n') => Some(serde_json::from_str(&line).expect("a line is JSON")),
            _ => None,
        }
    }

    fn call(&mut self, method: &str, params: &Value) -> Value {
        let id = self.send(method, params).unwrap();
        loop {
            let message = self.message().expect("the server ended by itself");
            if message["id"] == id {
                assert!(message.get("result").is_some(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    fn thread(&mut self) -> String {
        self.call("thread/start", &json!({}))["thread"]["id"].as_str().unwrap().to_owned()
    }

    fn kill_in(&self, moment: Duration) {
        let child = Arc::clone(&self.child);
        std::thread::spawn(move || {
            std::thread::sleep(moment);
            let mut child = child.lock().unwrap();
            let _ = child.kill();
            let _ = child.wait();
        });
    }

    /// Keeps turns going on all threads until the server is gone; notes what it announces.
    fn work(mut self, threads: &[String], announced: &mut BTreeMap<String, Turns>) {
        for thread in threads {
            let _ = self.turn(thread);
        }
        while let Some(message) = self.message() {
            let params = &message["params"];
            let thread = params["threadId"].as_str().unwrap_or_default();
            let Some(turns) = announced.get_mut(thread) else { continue };
            match message["method"].as_str() {
                Some("item/completed") => {
                    let turn = turns.entry(params["turnId"].as_str().unwrap().to_owned()).or_default();
                    turn.items.insert(params["item"]["id"].as_str().unwrap().to_owned());
                }
                Some("turn/completed") => {
                    let turn = turns.entry(params["turn"]["id"].as_str().unwrap().to_owned()).or_default();
                    turn.ended = params["turn"]["status"].as_str().map(str::to_owned);
                    let _ = self.turn(thread);
                }
                _ => {}
            }
        }
    }

    /// A turn with a call and a message. The server may be gone already.
    fn turn(&mut self, thread: &str) -> std::io::Result<u64> {
        let input = json!([{ "type": "text", "text": "@@exec=2:true" }]);
        self.send("turn/start", &json!({ "threadId": thread, "input": input }))
    }
}

/// Numbers that repeat with their seed (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
