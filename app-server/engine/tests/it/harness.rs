//! An engine in a scratch home, and clients that remember what they were told.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use codex_app_server_protocol::ext::{ThreadReplayParams, ThreadReplayResponse};
use codex_app_server_protocol::v2;
use codex_config_loader::{CodexHome, ConfigLoader, EnvSnapshot};
use codex_engine::{
    Bearer, ClientFacts, Credentials, CredentialsError, Engine, EngineDeps, EngineError, Env, Host, IdempotencyKey,
    Identity, Reply, Shutdown, SubscriberId,
};
use codex_sandbox::HostSandbox;
use codex_thread_store::RolloutStore;
use tokio::sync::oneshot;

use crate::clients::Everyone;
pub(crate) use crate::clients::{Client, Told, Wants, kind};

/// Longer than anything here takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An engine and everyone who listens.
pub(crate) struct Lab {
    pub(crate) engine: Engine,
    pub(crate) home: PathBuf,
    pub(crate) cwd: PathBuf,
    pub(crate) identity: Arc<TestIdentity>,
    everyone: Arc<Everyone>,
    next_client: AtomicU64,
    root: Arc<tempfile::TempDir>,
}

/// What makes a lab differ from another.
#[derive(Default)]
pub(crate) struct Options<'a> {
    /// The script of the scripted model.
    pub(crate) script: &'a str,
    /// More of config.toml.
    pub(crate) config: &'a str,
    /// More of app-server.toml.
    pub(crate) app_server: &'a str,
    /// The requirements.toml of the system.
    pub(crate) requirements: &'a str,
}

impl Lab {
    /// An engine whose model follows this script.
    pub(crate) fn new(script: &str) -> Self {
        Self::with(Options { script, ..Options::default() })
    }

    pub(crate) fn with(options: Options<'_>) -> Self {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("home");
        let cwd = root.path().join("cwd");
        std::fs::create_dir_all(&home).unwrap();
        std::fs::create_dir_all(&cwd).unwrap();
        let script = root.path().join(if options.script.starts_with('{') { "script.json" } else { "script.toml" });
        std::fs::write(&script, options.script).unwrap();
        let provider = if options.config.contains("model_provider") { "" } else { "model_provider = 'scripted'\n" };
        std::fs::write(home.join("config.toml"), format!("{provider}{}", options.config)).unwrap();
        let scripted = format!("[scripted]\nscript = '{}'\n", script.display());
        std::fs::write(home.join("app-server.toml"), format!("{scripted}{}", options.app_server)).unwrap();
        let system = root.path().join("system");
        std::fs::create_dir_all(&system).unwrap();
        std::fs::write(system.join("requirements.toml"), options.requirements).unwrap();
        Self::over(Arc::new(root), home, cwd)
    }

    /// An engine on a home that there is already.
    fn over(root: Arc<tempfile::TempDir>, home: PathBuf, cwd: PathBuf) -> Self {
        let system = root.path().join("system");
        let config = ConfigLoader::with_system_folder(
            CodexHome::new(&home),
            Default::default(),
            EnvSnapshot::default(),
            &system,
        )
        .unwrap();
        let mut env = Env::system();
        env.machine.cwd.clone_from(&cwd);
        let everyone = Arc::new(Everyone::default());
        let identity = Arc::new(TestIdentity::default());
        let engine = Engine::new(EngineDeps {
            store: Arc::new(RolloutStore::new(home.clone(), Arc::new(jiff::Zoned::now))),
            env,
            config: Arc::new(config),
            audience: everyone.clone(),
            identity: identity.clone(),
            credentials: Arc::new(NoLogin),
            host: Arc::new(Host::new(variables(root.path()), Arc::new(sandbox()), Box::new(|| None))),
            recorder: None,
        });
        Self { engine, home, cwd, identity, everyone, next_client: AtomicU64::new(1), root }
    }

    /// The engine of a server that was ended and started again.
    pub(crate) async fn restarted(self) -> Self {
        self.engine.shutdown(Shutdown::InterruptNow).await;
        let Self { root, home, cwd, .. } = self;
        Self::over(root, home, cwd)
    }

    /// Another engine, on a copy of the home as it is now: what a server finds after this one was killed.
    pub(crate) fn copied(&self) -> Self {
        let homes = std::fs::read_dir(self.root.path()).unwrap().count();
        let home = self.root.path().join(format!("copy-{homes}"));
        copy(&self.home, &home);
        Self::over(Arc::clone(&self.root), home, self.cwd.clone())
    }

    /// A new connection.
    pub(crate) fn client(&self) -> Arc<Client> {
        self.client_that(Wants::default())
    }

    /// A new connection that notes the places of events.
    pub(crate) fn noting_client(&self) -> Arc<Client> {
        self.client_that(Wants { places: true, ..Wants::default() })
    }

    /// A new connection that asked for extensions.
    pub(crate) fn client_that(&self, wants: Wants) -> Arc<Client> {
        let id = SubscriberId(self.next_client.fetch_add(1, Ordering::Relaxed));
        let client = Arc::new(Client::new(id, wants));
        self.everyone.add(&client);
        client
    }

    /// The end of a connection.
    pub(crate) fn end(&self, client: &Client) {
        client.end();
        self.engine.drop_subscriber(client.id);
    }

    pub(crate) async fn start(&self, client: &Arc<Client>) -> String {
        self.start_with(client, v2::ThreadStartParams::default()).await.thread.id
    }

    pub(crate) async fn start_with(
        &self,
        client: &Arc<Client>,
        params: v2::ThreadStartParams,
    ) -> v2::ThreadStartResponse {
        let facts = ClientFacts { name: "test".to_owned() };
        let (reply, answer) = reply(client, "thread/start");
        self.engine.start_thread(params, facts, client.clone(), reply).await;
        answer.await.unwrap().unwrap()
    }

    pub(crate) async fn turn(&self, client: &Arc<Client>, thread: &str, text: &str) -> Result<String, EngineError> {
        self.turn_with(client, v2::TurnStartParams { input: said(text), ..turn_params(thread) }).await
    }

    pub(crate) async fn turn_with(
        &self,
        client: &Arc<Client>,
        params: v2::TurnStartParams,
    ) -> Result<String, EngineError> {
        let (reply, answer) = reply(client, "turn/start");
        self.engine.start_turn(params, reply).await;
        answer.await.unwrap().map(|response| response.turn.id)
    }

    /// Starts a thread under a key.
    pub(crate) async fn start_once(
        &self,
        client: &Arc<Client>,
        key: &str,
        params: v2::ThreadStartParams,
    ) -> Result<v2::ThreadStartResponse, EngineError> {
        let facts = ClientFacts { name: "test".to_owned() };
        let (reply, answer) = reply(client, "thread/start");
        let key = IdempotencyKey::new(key.to_owned()).unwrap();
        self.engine.start_thread_once(key, params, facts, client.clone(), reply).await;
        answer.await.unwrap()
    }

    /// Starts a turn under a key.
    pub(crate) async fn turn_once(
        &self,
        client: &Arc<Client>,
        key: &str,
        thread: &str,
        text: &str,
    ) -> Result<v2::TurnStartResponse, EngineError> {
        let params = v2::TurnStartParams { input: said(text), ..turn_params(thread) };
        let (reply, answer) = reply(client, "turn/start");
        let key = IdempotencyKey::new(key.to_owned()).unwrap();
        self.engine.start_turn_once(key, params, reply).await;
        answer.await.unwrap()
    }

    /// Runs a turn to its end.
    pub(crate) async fn run(&self, client: &Arc<Client>, thread: &str, text: &str) -> v2::Turn {
        let id = self.turn(client, thread, text).await.unwrap();
        client.completed(&id).await
    }

    pub(crate) async fn interrupt(&self, client: &Arc<Client>, thread: &str, turn: &str) -> Result<(), EngineError> {
        let params = v2::TurnInterruptParams { thread_id: thread.to_owned(), turn_id: turn.to_owned() };
        let (reply, answer) = reply(client, "turn/interrupt");
        self.engine.interrupt_turn(params, reply).await;
        answer.await.unwrap().map(drop)
    }

    pub(crate) async fn steer(
        &self,
        client: &Arc<Client>,
        thread: &str,
        turn: &str,
        text: &str,
    ) -> Result<String, EngineError> {
        let params = v2::TurnSteerParams {
            thread_id: thread.to_owned(),
            expected_turn_id: turn.to_owned(),
            input: if text.is_empty() { Vec::new() } else { said(text) },
            ..v2::TurnSteerParams::default()
        };
        let (reply, answer) = reply(client, "turn/steer");
        self.engine.steer_turn(params, reply).await;
        answer.await.unwrap().map(|response| response.turn_id)
    }

    pub(crate) async fn read(
        &self,
        client: &Arc<Client>,
        thread: &str,
        include_turns: bool,
    ) -> Result<v2::ThreadReadResponse, EngineError> {
        let params = v2::ThreadReadParams { thread_id: thread.to_owned(), include_turns };
        let (reply, answer) = reply(client, "thread/read");
        self.engine.read_thread(params, client.clone(), reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn resume(
        &self,
        client: &Arc<Client>,
        thread: &str,
        exclude_turns: bool,
    ) -> Result<v2::ThreadResumeResponse, EngineError> {
        let params =
            v2::ThreadResumeParams { thread_id: thread.to_owned(), exclude_turns, ..v2::ThreadResumeParams::default() };
        let (reply, answer) = reply(client, "thread/resume");
        self.engine.resume_thread(params, client.clone(), reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn replay(
        &self,
        client: &Arc<Client>,
        thread: &str,
        after: Option<u64>,
    ) -> Result<ThreadReplayResponse, EngineError> {
        let after = after.map(|place| place.to_string());
        let params = ThreadReplayParams { thread_id: thread.to_owned(), after };
        let (reply, answer) = reply(client, "ext/thread/replay");
        self.engine.replay_thread(params, client.clone(), reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn name(&self, client: &Arc<Client>, thread: &str, name: &str) -> Result<(), EngineError> {
        let params = v2::ThreadSetNameParams { thread_id: thread.to_owned(), name: name.to_owned() };
        let (reply, answer) = reply(client, "thread/name/set");
        self.engine.set_name(params, reply).await;
        answer.await.unwrap().map(drop)
    }

    pub(crate) async fn unsubscribe(
        &self,
        client: &Arc<Client>,
        thread: &str,
    ) -> Result<v2::ThreadUnsubscribeStatus, EngineError> {
        let params = v2::ThreadUnsubscribeParams { thread_id: thread.to_owned() };
        let (reply, answer) = reply(client, "thread/unsubscribe");
        self.engine.unsubscribe(params, client.id, reply).await;
        answer.await.unwrap().map(|response| response.status)
    }

    pub(crate) async fn list(&self) -> v2::ThreadListResponse {
        let (answer, answered) = oneshot::channel();
        let reply = Box::new(move |outcome| drop(answer.send(outcome)));
        self.engine.list_threads(v2::ThreadListParams::default(), reply).await;
        answered.await.unwrap().unwrap()
    }

    pub(crate) fn loaded(&self) -> Vec<String> {
        let (answer, mut answered) = oneshot::channel();
        let reply = Box::new(move |outcome| drop(answer.send(outcome)));
        self.engine.loaded_threads(v2::ThreadLoadedListParams::default(), reply);
        answered.try_recv().unwrap().unwrap().data
    }

    /// All lines of the one rollout that there is.
    pub(crate) fn rollout(&self) -> Vec<serde_json::Value> {
        let files = rollouts(&self.home.join("sessions"));
        assert_eq!(files.len(), 1, "{files:?}");
        lines(&files[0])
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The sandbox, with the helper that a test cannot be itself.
pub(crate) fn sandbox() -> HostSandbox {
    HostSandbox::new(env!("CARGO_BIN_EXE_codex-engine-test-helper").into(), std::env::var_os("PATH").as_deref())
}

/// The variables of the server: few, so that the machine of the test does not count.
fn variables(root: &Path) -> Vec<(OsString, OsString)> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    vec![("PATH".into(), path), ("HOME".into(), root.join("user").into()), ("OF_THE_SERVER".into(), "kept".into())]
}

/// All rollout files below a folder.
pub(crate) fn rollouts(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rollouts(&path));
        } else {
            files.push(path);
        }
    }
    files
}

pub(crate) fn lines(file: &Path) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The kinds of lines, with the kind of what is inside where that says more.
pub(crate) fn kinds(lines: &[serde_json::Value]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            let (kind, payload) = (line["type"].as_str().unwrap(), &line["payload"]);
            let inner = match kind {
                "event_msg" if payload["type"] == "item_completed" => &payload["item"]["type"],
                "event_msg" => &payload["type"],
                "response_item" if payload["type"] == "message" => &payload["role"],
                "response_item" => &payload["type"],
                _ => return kind.to_owned(),
            };
            inner.as_str().unwrap().to_owned()
        })
        .collect()
}

pub(crate) fn said(text: &str) -> Vec<v2::UserInput> {
    vec![v2::UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }]
}

pub(crate) fn turn_params(thread: &str) -> v2::TurnStartParams {
    v2::TurnStartParams { thread_id: thread.to_owned(), ..v2::TurnStartParams::default() }
}

pub(crate) type Answer<T> = oneshot::Receiver<Result<T, EngineError>>;

/// A reply that the client sees in order with what it is told.
pub(crate) fn reply<T: Send + 'static>(client: &Arc<Client>, method: &'static str) -> (Reply<T>, Answer<T>) {
    let (answer, answered) = oneshot::channel();
    let client = client.clone();
    let reply = Box::new(move |outcome: Result<T, EngineError>| {
        client.tell(Told::Answer(method));
        drop(answer.send(outcome));
    });
    (reply, answered)
}

/// An identity that can make the work of a turn panic.
#[derive(Default)]
pub(crate) struct TestIdentity {
    pub(crate) panics: AtomicBool,
}

impl Identity for TestIdentity {
    fn originator(&self) -> String {
        "test".to_owned()
    }

    fn user_agent(&self) -> String {
        "test/0".to_owned()
    }

    fn installation_id(&self) -> String {
        assert!(!self.panics.load(Ordering::SeqCst), "told to");
        "installation".to_owned()
    }
}

struct NoLogin;

impl Credentials for NoLogin {
    fn bearer(&self, _provider_id: &str) -> Result<Option<Bearer>, CredentialsError> {
        Err(CredentialsError::new("nobody is logged in"))
    }
}
