//! A server under measurement: a child process over stdio.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A fresh CODEX_HOME whose provider is the endpoint of this program.
pub(crate) fn home(url: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let config = format!(
        "model = \"bench-model\"\nmodel_provider = \"bench\"\napproval_policy = \"never\"\nsandbox_mode = \"danger-full-access\"\n\
         [model_providers.bench]\nname = \"bench\"\nbase_url = \"{url}\"\nwire_api = \"responses\"\n"
    );
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    home
}

pub(crate) struct Server {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    output: BufReader<ChildStdout>,
    next_id: u64,
    line: String,
}

impl Server {
    pub(crate) fn start(command: &[String], home: &TempDir) -> Self {
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home.path())
            .env("CODEX_HOME", home.path())
            .current_dir(home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server could not be started");
        let input = child.stdin.take().map(BufWriter::new);
        let output = BufReader::with_capacity(1 << 16, child.stdout.take().unwrap());
        Self { child, input, output, next_id: 1, line: String::new() }
    }

    pub(crate) fn initialized(mut self) -> Self {
        self.call("initialize", &json!({ "clientInfo": { "name": "bench", "version": "1" } }));
        self
    }

    pub(crate) fn send(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line.as_bytes()).and_then(|()| input.write_all(b"\n")).unwrap();
    }

    pub(crate) fn flush(&mut self) {
        self.input.as_mut().unwrap().flush().unwrap();
    }

    fn read(&mut self) -> &str {
        self.line.clear();
        assert!(self.output.read_line(&mut self.line).unwrap() > 0, "the server ended");
        &self.line
    }

    /// Asks and waits for the answer; notifications before it are passed over.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Value {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "id": id, "method": method, "params": params }).to_string());
        self.flush();
        loop {
            if self.read().starts_with("{\"method\":") {
                continue;
            }
            let message: Value = serde_json::from_str(&self.line).unwrap();
            if message["id"] == id {
                assert!(message.get("result").is_some(), "{message}");
                return message["result"].clone();
            }
        }
    }

    /// Reads at least one answer, and further ones as long as they are there already.
    pub(crate) fn take_answers(&mut self) -> usize {
        let mut answers = 0;
        while answers == 0 || self.output.buffer().contains(&b'\n') {
            answers += usize::from(!self.read().starts_with("{\"method\":"));
        }
        answers
    }

    pub(crate) fn thread(&mut self) -> String {
        self.thread_with(&json!({}))
    }

    pub(crate) fn thread_with(&mut self, params: &Value) -> String {
        let answer = self.call("thread/start", params);
        answer["thread"]["id"].as_str().unwrap().to_owned()
    }

    /// One turn from the request to turn/completed.
    pub(crate) fn turn(&mut self, thread: &str, script: &str) -> Duration {
        let before = Instant::now();
        let id = self.next_id;
        self.next_id += 1;
        let input = json!([{ "type": "text", "text": format!("@@{script}") }]);
        let request = json!({ "id": id, "method": "turn/start", "params": { "threadId": thread, "input": input } });
        self.send(&request.to_string());
        self.flush();
        while !self.read().starts_with("{\"method\":\"turn/completed\"") {}
        before.elapsed()
    }

    /// A number of /proc/PID/status: kB for memory, a count for threads.
    pub(crate) fn status(&self, key: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(key)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    pub(crate) fn cpu_seconds(&self) -> f64 {
        const TICKS_PER_SECOND: f64 = 100.0;
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(Path::new(&path)).unwrap();
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split_whitespace().collect();
        fields[11..=12].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / TICKS_PER_SECOND
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
