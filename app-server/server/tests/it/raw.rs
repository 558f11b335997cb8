//! The binary without a client around it: bytes in, lines out, and the status at the end.

use std::process::{ExitStatus, Output, Stdio};

use codex_app_server_client::{Connection, Incoming, MessageReceiver, MessageSender};
use codex_app_server_test_support::DEADLINE;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// The first request of a connection, as a line.
pub(crate) const INITIALIZE: &str = r#"{"id":0,"method":"initialize","params":{"clientInfo":{"name":"raw","version":"1"},"capabilities":{"experimentalApi":true}}}"#;

/// Subscribes to a thread on a new connection; only up to its subscription does it read.
pub(crate) async fn subscribed<C: Connection>(connection: C, thread: &str) -> (C::Sender, C::Receiver) {
    let (mut sender, mut receiver) = connection.split();
    sender.send(INITIALIZE.to_owned()).await.unwrap();
    sender.send(json!({"id": 1, "method": "thread/resume", "params": {"threadId": thread}}).to_string()).await.unwrap();
    sender.flush().await.unwrap();
    loop {
        match timeout(DEADLINE, receiver.receive()).await.expect("an answer in time") {
            Some(Ok(Incoming::Line(line))) if line.starts_with(r#"{"id":1,"#) => return (sender, receiver),
            Some(Ok(_)) => {}
            other => panic!("the connection ended before its subscription: {other:?}"),
        }
    }
}

/// A process whose pipes the test holds itself.
pub(crate) struct Raw {
    child: Child,
    /// `None` once the input was ended.
    stdin: Option<ChildStdin>,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Raw {
    pub(crate) fn spawn(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let stdin = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, stdin, lines }
    }

    pub(crate) async fn send(&mut self, line: impl AsRef<[u8]>) {
        let stdin = self.stdin.as_mut().unwrap();
        let line = [line.as_ref(), b"\n"].concat();
        timeout(DEADLINE, stdin.write_all(&line)).await.expect("the server reads").unwrap();
    }

    /// The next message; `None` at the end of the output.
    pub(crate) async fn receive(&mut self) -> Option<Value> {
        let line = timeout(DEADLINE, self.lines.next_line()).await.expect("a line in time").unwrap()?;
        Some(serde_json::from_str(&line).expect("a line of JSON"))
    }

    /// The next answer, passing over notifications.
    pub(crate) async fn answer(&mut self) -> Value {
        loop {
            let message = self.receive().await.expect("an answer before the end of the output");
            if message["method"].is_null() {
                return message;
            }
        }
    }

    /// The next notification of this method.
    pub(crate) async fn note(&mut self, method: &str) -> Value {
        loop {
            let message = self.receive().await.expect("a notification before the end of the output");
            if message["method"] == *method {
                return message;
            }
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Waits for the end of the process; its input stays as it is.
    pub(crate) async fn wait(&mut self) -> ExitStatus {
        timeout(DEADLINE, self.child.wait()).await.expect("the process ends").unwrap()
    }

    /// Ends the input.
    pub(crate) fn close_input(&mut self) {
        self.stdin = None;
    }

    /// Ends the input and waits for the end of the process.
    pub(crate) async fn end(mut self) -> ExitStatus {
        self.close_input();
        self.wait().await
    }
}

/// Runs a command to its end, without input.
pub(crate) async fn run(mut command: Command) -> Output {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    timeout(DEADLINE, command.output()).await.expect("the command ends").unwrap()
}

/// Sends SIGTERM to a process of this test.
pub(crate) fn terminate(id: u32) {
    kill(&format!("-TERM {id}"));
}

/// Sends SIGINT to a process group of this test, as a terminal does for Ctrl-C.
pub(crate) fn interrupt_group(id: u32) {
    kill(&format!("-INT -{id}"));
}

fn kill(args: &str) {
    let sent = std::process::Command::new("/bin/sh").args(["-c", &format!("kill {args}")]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill {args}: it is not there any more");
}
