//! The server under test as a child process on the real binary.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use codex_app_server_client::stdio::{self, ChildConnection, ServerProcess};
use codex_app_server_client::{unix, websocket};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{ChildStderr, Command};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::{DEADLINE, ModelEndpoint, TestClient, TestHome};

/// Lines of standard error that are kept for messages.
const KEPT_LINES: usize = 1000;

/// How a server under test is started.
#[derive(Debug)]
pub struct ServerBuilder {
    binary: PathBuf,
    home: TestHome,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
}

/// A server under test. It is killed when this is dropped.
#[derive(Debug)]
pub struct TestServer {
    home: TestHome,
    process: ServerProcess,
    stdio: Option<ChildConnection>,
    url: Option<String>,
    stderr: Arc<Mutex<VecDeque<String>>>,
}

impl TestServer {
    /// A server on this binary: `env!("CARGO_BIN_EXE_codex-app-server")` in the server's own tests. It has a fresh home
    /// without a configuration and a clean environment.
    #[must_use]
    pub fn builder(binary: impl Into<PathBuf>) -> ServerBuilder {
        ServerBuilder { binary: binary.into(), home: TestHome::new(), args: Vec::new(), env: Vec::new() }
    }

    /// Its folders.
    #[must_use]
    pub fn home(&self) -> &TestHome {
        &self.home
    }

    /// Where it listens; `None` for stdio.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The id of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id().expect("the server has ended")
    }

    /// A new connection without a handshake; a server on stdio has only one to give.
    pub async fn connect(&mut self) -> TestClient {
        let redactions = self.home.redactions();
        match &self.url {
            Some(url) => {
                let client = match url.strip_prefix("unix://") {
                    Some(path) => unix::connect(Path::new(path)).await.map(|unix| TestClient::new(unix, redactions)),
                    None => websocket::connect(url).await.map(|websocket| TestClient::new(websocket, redactions)),
                };
                match client {
                    Ok(client) => client,
                    Err(error) => panic!("{error}\n{}", self.stderr()),
                }
            }
            None => TestClient::new(self.stdio.take().expect("stdio has one connection only"), redactions),
        }
    }

    /// A new connection behind its handshake, with `experimentalApi`.
    pub async fn client(&mut self) -> TestClient {
        let client = self.connect().await;
        client.initialize().await;
        client
    }

    /// The last lines of its standard error.
    #[must_use]
    pub fn stderr(&self) -> String {
        let lines = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().fold(String::new(), |text, line| text + line + "\n")
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.id());
        let sent = std::process::Command::new("/bin/sh").args(["-c", &command]).status();
        assert!(sent.is_ok_and(|status| status.success()), "cannot run {command}");
    }

    /// Waits until it has ended.
    pub async fn wait(&mut self) -> ExitStatus {
        match timeout(DEADLINE, self.process.wait()).await {
            Ok(status) => status.expect("the status of a child process"),
            Err(_) => panic!("the server did not end within {DEADLINE:?}\n{}", self.stderr()),
        }
    }

    /// Ends the server as its user would, by the end of its input or by SIGTERM, and insists on exit code 0. Its clients
    /// should be finished before.
    pub async fn finish(mut self) {
        drop(self.stdio.take());
        if self.url.is_some() {
            self.signal("TERM");
        }
        let status = self.wait().await;
        assert_eq!(status.code(), Some(0), "the server ended with {status}\n{}", self.stderr());
    }
}

impl ServerBuilder {
    /// Writes a configuration with this model as the default one.
    #[must_use]
    pub fn model(self, model: &ModelEndpoint) -> Self {
        self.model_with(model, "", "")
    }

    /// As [`Self::model`], with keys before the first table and tables at the end.
    #[must_use]
    pub fn model_with(self, model: &ModelEndpoint, top: &str, tail: &str) -> Self {
        self.home.configure(model, top, tail);
        self
    }

    /// Writes a file of `CODEX_HOME`.
    #[must_use]
    pub fn file(self, path: &str, text: &str) -> Self {
        self.home.write(path, text);
        self
    }

    /// Uses these folders, for instance those of a server that has ended.
    #[must_use]
    pub fn home(mut self, home: TestHome) -> Self {
        self.home = home;
        self
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Starts the server on stdio.
    pub async fn start(self) -> TestServer {
        self.spawn()
    }

    /// Starts the server on a free websocket port and waits until it listens.
    pub async fn start_websocket(self) -> TestServer {
        self.start_listening("ws://127.0.0.1:0").await
    }

    /// Starts the server at this address, any but stdio, and waits until it listens.
    pub async fn start_listening(self, address: &str) -> TestServer {
        let mut server = self.arg("--listen").arg(address).spawn_listening().await;
        drop(server.stdio.take());
        server
    }

    /// The command that the server is started with, without its pipes.
    #[must_use]
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(&self.args).current_dir(self.home.cwd()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into()));
        command.env("HOME", self.home.user_home()).env("CODEX_HOME", self.home.codex_home());
        command.env("SHELL", "/bin/bash").env("LANG", "C.UTF-8").env("TERM", "xterm");
        // Nothing but the scripted model may be reached.
        command.env("NO_PROXY", "127.0.0.1,localhost").env("HTTPS_PROXY", "http://127.0.0.1:9");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    fn spawn(self) -> TestServer {
        self.spawn_with_lines(None)
    }

    async fn spawn_listening(self) -> TestServer {
        let (found, mut seen) = watch::channel(None);
        let mut server = self.spawn_with_lines(Some(found));
        let waited = timeout(DEADLINE, seen.wait_for(Option::is_some)).await;
        server.url = waited.ok().and_then(Result::ok).and_then(|url| url.clone());
        assert!(server.url.is_some(), "the server named no address to connect to\n{}", server.stderr());
        server
    }

    fn spawn_with_lines(self, found: Option<watch::Sender<Option<String>>>) -> TestServer {
        let mut command = self.command();
        command.stderr(Stdio::piped());
        let (connection, mut process) = match stdio::spawn(command) {
            Ok(spawned) => spawned,
            Err(error) => panic!("cannot start {}: {error}", self.binary.display()),
        };
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        let stderr = process.take_stderr().expect("standard error is a pipe");
        tokio::spawn(read_stderr(stderr, Arc::clone(&lines), found));
        TestServer { home: self.home, process, stdio: Some(connection), url: None, stderr: lines }
    }
}

/// Keeps the last lines and looks for the address among them.
async fn read_stderr(
    stderr: ChildStderr,
    kept: Arc<Mutex<VecDeque<String>>>,
    found: Option<watch::Sender<Option<String>>>,
) {
    let mut lines = BufReader::new(stderr).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let url = line.split_once("listening on: ").map(|(_, url)| url.trim());
        let url = url.filter(|url| url.starts_with("ws://") || url.starts_with("unix://"));
        if let (Some(url), Some(found)) = (url, &found) {
            found.send_replace(Some(url.to_owned()));
        }
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(line);
        if kept.len() > KEPT_LINES {
            kept.pop_front();
        }
    }
}
