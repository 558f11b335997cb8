//! How a thread comes to be.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codex_app_server_protocol::v2::{
    ConfigWarningNotification, DeprecationNoticeNotification, SessionSource, TextPosition, TextRange, Thread,
    ThreadHistoryMode, ThreadStartParams, ThreadStartResponse, ThreadStartedNotification, ThreadStatus,
};
use codex_app_server_protocol::{ServerNotification, WIRE_VERSION};
use codex_config_loader::{Config, ConfigWarning, LoadRequest, SandboxPolicy};
use codex_model_client::BASE_PROMPT;
use codex_thread_store::{BaseInstructions, InstructionsProvenance, NewThread, SessionMeta};
use serde_json::Value;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::context::{AgentsMd, fingerprint};
use crate::deps::Subscriber;
use crate::engine::{Inner, Reply};
use crate::error::EngineError;
use crate::models::{ModelFacts, with_url};
use crate::recording::Log;
use crate::settings::{NewSettings, Settings, absolute, sandbox_mode};
use crate::thread::conversation::{Conversation, text_message};
use crate::thread::{self, Actor, ActorParts, Handle, Prompt, Sink, ThreadShared, View};
use crate::tools::{ThreadTools, load_rules};

/// How long a thread stays loaded while nobody listens and nothing runs, unless configured.
const UNLOAD_AFTER: Duration = Duration::from_secs(30 * 60);

/// A thread that is ready to run.
struct Prepared {
    shared: Arc<ThreadShared>,
    actor: ActorParts,
    handle: Handle,
    /// What gave way to requirements.
    bent: Vec<ConfigWarning>,
    /// What is wrong with the rules about commands.
    rules_warning: Option<ConfigWarning>,
}

/// Starts a thread, subscribes to it and answers.
pub(crate) async fn start_thread(
    inner: &Arc<Inner>,
    params: ThreadStartParams,
    subscriber: Arc<dyn Subscriber>,
    reply: Reply<ThreadStartResponse>,
) {
    let Prepared { shared, actor, handle, bent, rules_warning } =
        match configure(inner, &params).await.and_then(|(request, config)| prepare(inner, &params, request, config)) {
            Ok(prepared) => prepared,
            Err(error) => return reply(Err(error)),
        };
    let response = thread::start_response(&shared, &actor.settings, shared.view().thread());
    inner.threads.insert(handle);
    if let Some(warning) = &rules_warning {
        shared.sink.tell(&*subscriber, ServerNotification::ConfigWarning(config_warning(warning)));
    }
    let thread = response.thread.clone();
    shared.sink.join(Arc::clone(&subscriber), |_| reply(Ok(response)));
    shared.sink.broadcast(ServerNotification::ThreadStarted(ThreadStartedNotification { thread }));
    tell_bent(&shared, &*subscriber, &bent);
    tell_oddities(&shared, &*subscriber);
    tokio::spawn(Actor::new(actor).run());
}

/// What gave way to requirements; what every client was told at the start is not told to the subscriber again.
fn tell_bent(shared: &ThreadShared, subscriber: &dyn Subscriber, bent: &[ConfigWarning]) {
    let told = shared.loader.startup_warnings();
    for warning in bent {
        if !told.contains(warning) {
            shared.sink.tell(subscriber, ServerNotification::ConfigWarning(config_warning(warning)));
        }
        shared.warn(warning.summary.clone());
    }
}

/// What is odd about the configuration and the project, told to the thread's first subscriber.
fn tell_oddities(shared: &ThreadShared, subscriber: &dyn Subscriber) {
    let config = shared.config();
    for warning in &config.project_warnings {
        shared.sink.tell(subscriber, ServerNotification::ConfigWarning(config_warning(warning)));
    }
    for warning in config.warnings.iter().chain(&config.project_warnings) {
        shared.warn(warning.summary.clone());
    }
    for notice in &config.deprecations {
        let notice = DeprecationNoticeNotification { summary: notice.summary.clone(), details: notice.details.clone() };
        shared.sink.tell(subscriber, ServerNotification::DeprecationNotice(notice));
    }
    for warning in &shared.agents_md.warnings {
        shared.warn(warning.clone());
    }
}

/// What is odd about a configuration, as clients are told.
#[must_use]
pub fn config_warning(warning: &ConfigWarning) -> ConfigWarningNotification {
    let position = |at: codex_config_loader::TextPosition| TextPosition { line: at.line, column: at.column };
    ConfigWarningNotification {
        summary: warning.summary.clone(),
        details: warning.details.clone(),
        path: warning.path.as_ref().map(|path| path.to_string_lossy().into_owned()),
        range: warning.range.map(|range| TextRange { start: position(range.start), end: position(range.end) }),
    }
}

/// What the thread's configuration is loaded with, and that configuration; its project is marked as trusted before, where
/// the start does that.
async fn configure(inner: &Arc<Inner>, params: &ThreadStartParams) -> Result<(LoadRequest, Arc<Config>), EngineError> {
    if params.permissions.is_some() && params.sandbox.is_some() {
        return Err(EngineError::Combined("permissions", "sandbox"));
    }
    if params.dynamic_tools.as_ref().is_some_and(|tools| !tools.is_empty()) {
        return Err(EngineError::NotSupported("thread/start.dynamicTools"));
    }
    let request = load_request(inner, params);
    let config = inner.load_config(&request)?;
    let Some(root) = project_to_trust(params, &config) else { return Ok((request, config)) };
    let loader = Arc::clone(&inner.deps.config);
    match tokio::task::spawn_blocking(move || loader.trust_project(&root)).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the project could not be marked as trusted"),
        Err(error) => tracing::error!(%error, "marking the project as trusted was given up"),
    }
    let config = inner.load_config(&request)?;
    Ok((request, config))
}

/// The project that a start marks as trusted: a git repository that nobody has spoken about, named by the request, whose
/// files the thread may write.
fn project_to_trust(params: &ThreadStartParams, config: &Config) -> Option<PathBuf> {
    if params.cwd.is_none() || config.permissions.trust_level.is_some() {
        return None;
    }
    match config.approval_and_sandbox(None, params.sandbox.map(sandbox_mode)).sandbox {
        SandboxPolicy::ReadOnly { .. } => None,
        SandboxPolicy::WorkspaceWrite(_) | SandboxPolicy::DangerFullAccess => config.repository_root.clone(),
    }
}

/// What the thread's configuration is loaded with.
fn load_request(inner: &Arc<Inner>, params: &ThreadStartParams) -> LoadRequest {
    let cwd = absolute(&inner.deps.env.machine.cwd, params.cwd.as_deref().unwrap_or_default());
    let mut overrides: serde_json::Map<String, Value> = params.config.clone().unwrap_or_default().into_iter().collect();
    if let Some(profile) = &params.permissions {
        overrides.insert("default_permissions".to_owned(), Value::String(profile.clone()));
    }
    LoadRequest { cwd: Some(cwd.as_path().to_owned()), overrides }
}

fn prepare(
    inner: &Arc<Inner>,
    params: &ThreadStartParams,
    load_request: LoadRequest,
    config: Arc<Config>,
) -> Result<Prepared, EngineError> {
    let deps = &inner.deps;
    let env = &deps.env;
    let cwd = absolute(&env.machine.cwd, params.cwd.as_deref().unwrap_or_default());
    let catalog = inner.models.catalog(&config)?;
    let default_model = || catalog.default_model().map(|model| model.slug.clone()).unwrap_or_default();
    let NewSettings { mut settings, warnings: bent } = NewSettings::new(params, &config, cwd, default_model)?;
    settings.provider = with_url(&settings.provider, &config);
    let model = ModelFacts::new(&catalog, &settings.model, &config);
    let base = base_instructions(params, &config, &model);
    let agents_md = AgentsMd::load(deps.config.home().path(), &config, settings.cwd.as_path());

    let id = env.new_id();
    let ephemeral = params.ephemeral.unwrap_or(false);
    let window_id = env.new_id();
    let created = env.now_zoned();
    let prompt = prompt(&base.text)?;
    let mut view = new_view(params, &settings, &id, created.timestamp().as_second(), deps.identity.originator());
    let log = if ephemeral {
        Log::ephemeral()
    } else {
        let meta = SessionMeta {
            session_id: None,
            cwd: settings.cwd.as_str().to_owned(),
            runtime_workspace_roots: settings.workspace_roots.iter().map(|root| root.as_str().to_owned()).collect(),
            originator: deps.identity.originator(),
            source: SessionSource::Vscode,
            thread_source: params.thread_source.as_ref().map(|source| source.as_str().to_owned()),
            model_provider: settings.provider_id.clone(),
            base_instructions: Some(base),
            history_mode: view.history_mode,
            window_id: window_id.clone(),
            git: None,
        };
        let recorder = deps.store.create(NewThread { thread_id: id.clone(), created_at: created, meta })?;
        view.path = Some(recorder.path().to_string_lossy().into_owned());
        Log::kept(recorder)
    };

    let (rules, rules_warning) = load_rules(deps.config.home(), &config);
    let id: Arc<str> = id.into();
    let shell = deps.config.env().text("SHELL").and_then(|path| Path::new(path).file_name()?.to_str());
    let unload_after = config.thread_unload_delay_secs.map_or(UNLOAD_AFTER, Duration::from_secs);
    let developer_instructions =
        params.developer_instructions.clone().or_else(|| config.developer_instructions.clone());
    let shared = Arc::new(ThreadShared {
        id: Arc::clone(&id),
        env: env.clone(),
        sink: Sink::new(
            Arc::clone(&id),
            Arc::clone(&env.clock),
            Arc::clone(&deps.audience),
            Arc::clone(&inner.questions),
        ),
        log,
        models: Arc::clone(&inner.models),
        identity: Arc::clone(&deps.identity),
        loader: Arc::clone(&deps.config),
        deadline: deps.config.app_server().limits.provider_deadline,
        shell: shell.unwrap_or("bash").to_owned(),
        prompt,
        developer_instructions: developer_instructions.filter(|text| !text.trim().is_empty()),
        started_in: settings.cwd.as_path().to_owned(),
        agents_md,
        window_id,
        load_request,
        config: Mutex::new(config),
        conversation: Mutex::new(Conversation::new()),
        view: Mutex::new(View::new(view)),
        waiting: Mutex::default(),
        tools: ThreadTools::new(Arc::clone(&deps.host), env, deps.config.home().path(), rules),
    });
    let (mailbox, requests) = mpsc::channel(thread::MAILBOX);
    let registry = Arc::downgrade(inner);
    let unlist = Box::new(move || {
        if let Some(inner) = registry.upgrade() {
            inner.threads.remove(&id);
        }
    });
    let actor = ActorParts {
        shared: Arc::clone(&shared),
        store: Arc::clone(&deps.store),
        catalog,
        settings,
        requests,
        mailbox: mailbox.downgrade(),
        closing: Arc::clone(&inner.closing),
        running_turns: inner.running_turns.clone(),
        unload_after,
        unlist,
    };
    let handle = Handle { shared: Arc::clone(&shared), mailbox };
    Ok(Prepared { shared, actor, handle, bent, rules_warning })
}

/// The base prompt: the client's, the configuration's, the model's own, or ours.
fn base_instructions(params: &ThreadStartParams, config: &Config, model: &ModelFacts) -> BaseInstructions {
    let custom = params.base_instructions.as_ref().or(config.base_instructions.as_ref());
    match custom {
        Some(text) => BaseInstructions { text: text.as_str().into(), provenance: InstructionsProvenance::Custom },
        None => BaseInstructions {
            text: model.info.base_instructions.as_deref().unwrap_or(BASE_PROMPT).into(),
            provenance: InstructionsProvenance::Model { model: model.info.slug.clone() },
        },
    }
}

fn prompt(text: &str) -> Result<Prompt, EngineError> {
    // The id is equal for equal prompts, so that providers can keep what they made of it.
    let half = |salt: &str| u64::from_str_radix(&fingerprint(&format!("{salt}{text}")), 16).unwrap_or_default();
    let id = Uuid::from_u64_pair(half("a"), half("b"));
    let item = text_message(&format!("msg_{id}"), "developer", &[text])
        .map_err(|error| EngineError::Configuration(format!("the base prompt cannot be written as JSON: {error}")))?;
    Ok(Prompt { item })
}

fn new_view(params: &ThreadStartParams, settings: &Settings, id: &str, now: i64, originator: String) -> Thread {
    Thread {
        id: id.to_owned(),
        environments: Some(settings.environments()),
        extra: None,
        session_id: id.to_owned(),
        forked_from_id: None,
        attached_to_thread_id: None,
        parent_thread_id: None,
        preview: String::new(),
        ephemeral: params.ephemeral.unwrap_or(false),
        section: None,
        section_entered_at: None,
        project_id: params.project_id.clone(),
        history_mode: params.history_mode.unwrap_or(ThreadHistoryMode::Paginated),
        model_provider: settings.provider_id.clone(),
        model: Some(settings.model.clone()),
        reasoning_effort: settings.effort.clone(),
        created_at: now,
        updated_at: now,
        recency_at: Some(now),
        status: ThreadStatus::Idle,
        path: None,
        cwd: settings.cwd.clone(),
        cli_version: WIRE_VERSION.to_owned(),
        originator: Some(originator),
        source: SessionSource::Vscode,
        can_accept_direct_input: Some(true),
        thread_source: params.thread_source.clone(),
        agent_nickname: None,
        agent_role: None,
        git_info: None,
        name: None,
        daybreak_enabled: params.daybreak_enabled,
        turns: Vec::new(),
    }
}
