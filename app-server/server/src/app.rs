//! The shared state of one server process.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

use codex_app_server_protocol::{AbsolutePathBuf, Event, ServerNotification};
use codex_app_server_transport::{
    ConnectionId, ListenerSettings, OutboundLimits, Pages, TransportSettings, WebSocketAuth,
};
use codex_config_loader::{ConfigLoader, ConfigWarning, EnvSnapshot, LoadRequest};
use codex_engine::{Audience, Engine, EngineDeps, Env, Host, Shutdown};
use codex_exec::Commands;
use codex_model_client::catalog::Catalog;
use codex_model_client::scripted::Recorder;
use codex_sandbox::HostSandbox;
use codex_thread_store::RolloutStore;
use tokio_util::task::TaskTracker;

use crate::auth::AuthFile;
use crate::cli::arg0;
use crate::cloud::WorkspaceConfig;
use crate::connections::Connections;
use crate::identity::Identity;
use crate::imports::Imports;
use crate::observe::metrics_page;
use crate::order::Order;
use crate::shutdown::ShutdownState;

/// Everything that connections share.
pub struct App {
    pub(crate) home: AbsolutePathBuf,
    pub(crate) config: Arc<ConfigLoader>,
    pub(crate) engine: Engine,
    pub(crate) identity: Arc<Identity>,
    /// The machine that commands run on.
    pub(crate) host: Arc<Host>,
    /// The folder that relative ones are relative to.
    pub(crate) cwd: PathBuf,
    /// The commands that clients run themselves.
    pub(crate) commands: Commands<ConnectionId>,
    pub(crate) auth: Arc<AuthFile>,
    pub(crate) imports: Imports,
    pub(crate) connections: Arc<Connections>,
    pub(crate) order: Order,
    pub(crate) shutdown: ShutdownState,
    /// Every task of the process that is not a thread's own.
    pub(crate) tasks: TaskTracker,
    /// What clients are told at the start besides what the configuration says about itself.
    warnings: OnceLock<Vec<ConfigWarning>>,
    catalog: OnceLock<Arc<Catalog>>,
    /// The whole answer of model/list as JSON, without and with hidden models.
    model_lists: [OnceLock<String>; 2],
}

impl App {
    /// Wires the parts together. Nothing is read or started that the first request does not need. What the models answer
    /// goes into the recorder, where there is one.
    ///
    /// # Errors
    /// When the home is not an absolute path of text.
    pub fn new(config: ConfigLoader, env: &EnvSnapshot, recorder: Option<Recorder>) -> anyhow::Result<Arc<Self>> {
        crate::observe::name_metrics();
        let home_path: &Path = config.home().path();
        let home = AbsolutePathBuf::new(home_path)
            .ok_or_else(|| anyhow::anyhow!("CODEX_HOME is no absolute path of text: {}", home_path.display()))?;
        let identity = Arc::new(Identity::new(home_path, env));
        let auth = Arc::new(AuthFile::new(home_path));
        let connections = Arc::new(Connections::default());
        let store = Arc::new(RolloutStore::new(home_path.to_owned(), Arc::new(jiff::Zoned::now)));
        let tools_home = home_path.to_owned();
        let config = Arc::new(config);
        let imports = Imports::new(&config);
        let find_tools = Box::new(move || arg0::tools_folder(&tools_home));
        let host = Arc::new(Host::new(env.variables(), Arc::new(HostSandbox::default()), find_tools));
        let engine_env = Env::system();
        let cwd = engine_env.machine.cwd.clone();
        let engine = Engine::new(EngineDeps {
            env: engine_env,
            config: Arc::clone(&config),
            store,
            audience: Arc::clone(&connections) as _,
            identity: Arc::clone(&identity) as _,
            credentials: Arc::clone(&auth) as _,
            host: Arc::clone(&host),
            recorder,
        });
        Ok(Arc::new(Self {
            home,
            config,
            engine,
            identity,
            commands: Commands::new(host.spawner().clone()),
            host,
            cwd,
            auth,
            imports,
            connections,
            order: Order::default(),
            shutdown: ShutdownState::default(),
            tasks: TaskTracker::new(),
            warnings: OnceLock::new(),
            catalog: OnceLock::new(),
            model_lists: [OnceLock::new(), OnceLock::new()],
        }))
    }

    /// Tells these to every client at its start; the first call counts.
    pub(crate) fn warn_at_start(&self, warnings: Vec<ConfigWarning>) {
        let _ = self.warnings.set(warnings);
    }

    /// What to tell a client at its start.
    pub(crate) fn startup_warnings(&self) -> Vec<ConfigWarning> {
        let mut warnings = self.config.startup_warnings();
        warnings.extend(self.warnings.get().into_iter().flatten().cloned());
        warnings
    }

    /// How connections behave, from app-server.toml.
    #[must_use]
    pub fn transport_settings(&self) -> TransportSettings {
        let limits = &self.config.app_server().limits;
        TransportSettings {
            max_line_bytes: limits.max_line_bytes,
            outbound: OutboundLimits {
                soft_bytes: limits.outbound_soft_bytes,
                hard_bytes: limits.outbound_hard_bytes,
                max_age: limits.outbound_max_age,
            },
        }
    }

    /// How a listener treats its clients, from app-server.toml; `auth` is what they have to show.
    pub(crate) fn listener_settings(&self, auth: Option<WebSocketAuth>) -> ListenerSettings {
        let limits = &self.config.app_server().limits;
        ListenerSettings {
            transport: self.transport_settings(),
            max_connections: usize::try_from(limits.max_connections.get()).unwrap_or(usize::MAX),
            handshake_time: limits.handshake_timeout,
            ping_interval: limits.ping_interval,
            auth,
            pages: if self.config.app_server().metrics { metrics_page() } else { Pages::default() },
        }
    }

    /// The models on offer, read at first use and kept: a catalogue of the configuration, else the built-in one.
    pub(crate) fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| {
            let path = self
                .config
                .load_or_defaults(&LoadRequest::default())
                .ok()
                .and_then(|config| config.model_catalog_json.clone());
            let own = path.and_then(|path| {
                Catalog::load_file(&path)
                    .inspect_err(|error| tracing::error!(%error, "the built-in model catalogue is used instead"))
                    .ok()
            });
            own.map_or_else(Catalog::builtin, Arc::new)
        })
    }

    /// The whole answer of model/list, written at its first use.
    ///
    /// # Errors
    /// Of `write`.
    pub(crate) fn whole_model_list(
        &self,
        hidden: bool,
        write: impl FnOnce() -> serde_json::Result<String>,
    ) -> serde_json::Result<&str> {
        let list = &self.model_lists[usize::from(hidden)];
        if let Some(json) = list.get() {
            return Ok(json);
        }
        let json = write()?;
        Ok(list.get_or_init(|| json))
    }

    /// A notification that concerns no thread, stamped now.
    pub(crate) fn event(&self, body: ServerNotification) -> Event {
        Event::new(None, 0, self.now_ms(), body)
    }

    /// Tells something to every client.
    pub(crate) fn tell_all(&self, body: ServerNotification) {
        self.connections.broadcast(&Arc::new(self.event(body)), &[]);
    }

    /// The time in Unix milliseconds.
    pub(crate) fn now_ms(&self) -> i64 {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }

    /// Renews the workspace's managed configuration in the background until the end begins.
    pub(crate) fn keep_current(&self, workspace: WorkspaceConfig) {
        let config = Arc::clone(&self.config);
        let ended = self.shutdown.begun();
        self.tasks.spawn(async move { ended.run_until_cancelled(workspace.keep_current(&config)).await });
    }

    /// Starts nothing new from now on and ends turns as told.
    pub(crate) async fn end_turns(&self, how: Shutdown) {
        self.shutdown.begin();
        self.engine.shutdown(how).await;
    }
}
