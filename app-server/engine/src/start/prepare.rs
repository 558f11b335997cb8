//! A thread made ready to run: its settings, its prompt, its history, its lines.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use codex_app_server_protocol::WIRE_VERSION;
use codex_app_server_protocol::v2::{
    DynamicToolSpec, SessionSource, Thread, ThreadHistoryMode, ThreadStartParams, ThreadStatus,
};
use codex_config_loader::{Config, ConfigWarning, LoadRequest};
use codex_model_client::BASE_PROMPT;
use codex_thread_store::{
    BaseInstructions, History, HistoryItem, InstructionsProvenance, NewThread, Recorder, SessionMeta, WriterLock,
};
use jiff::Zoned;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{StartedAs, recorded};
use crate::context::{AgentsMd, fingerprint};
use crate::engine::Inner;
use crate::error::EngineError;
use crate::models::{ModelFacts, with_url};
use crate::recording::Log;
use crate::settings::{NewSettings, Settings, absolute};
use crate::thread::conversation::{Conversation, text_message};
use crate::thread::{self, ActorParts, BacklogLimits, Handle, Origin, Past, Prompt, Sink, ThreadShared, View};
use crate::tools::{DynamicTools, ThreadTools, load_rules};

/// How long a thread stays loaded while nobody listens and nothing runs, unless configured.
const UNLOAD_AFTER: Duration = Duration::from_secs(30 * 60);

/// What a client asks a thread to run with, and the configuration for it.
pub(super) struct Asked {
    pub(super) params: ThreadStartParams,
    pub(super) load_request: LoadRequest,
    pub(super) config: Arc<Config>,
}

/// How a thread begins.
pub(super) enum Beginning {
    /// With nothing.
    New(StartedAs),
    /// A stored thread goes on; its events go where they went before, if it was loaded a moment ago.
    Resumed(Box<History>, Recorder, Option<Box<Sink>>),
    /// A new thread goes on from another one.
    Forked(Box<Fork>),
    /// A new thread begins with a history that the client gave, and what is shown of it.
    Supplied(Vec<HistoryItem>, String),
    /// A thread goes on from an earlier turn of its own, in a new file.
    Reverted(Box<Revert>),
}

/// What a fork begins with.
pub(super) struct Fork {
    pub(super) history: History,
    /// Whole lines that a legacy fork copies.
    pub(super) copied: Vec<u8>,
    /// Whether the other thread was loaded.
    pub(super) warm: bool,
}

/// What a reverted thread goes on with.
pub(super) struct Revert {
    pub(super) history: History,
    pub(super) lock: WriterLock,
    /// What it ran with before.
    pub(super) settings: Settings,
    /// Where its events went before.
    pub(super) sink: Sink,
    /// The thread as it was shown before.
    pub(super) shown: Thread,
}

/// A thread that is ready to run.
pub(super) struct Prepared {
    pub(super) shared: Arc<ThreadShared>,
    pub(super) actor: ActorParts,
    pub(super) handle: Handle,
    /// What gave way to requirements.
    pub(super) bent: Vec<ConfigWarning>,
    /// What is wrong with the rules about commands.
    pub(super) rules_warning: Option<ConfigWarning>,
}

/// Makes a thread ready; nothing is told of it, and its task is not running.
pub(super) fn prepare(inner: &Arc<Inner>, asked: Asked, beginning: Beginning) -> Result<Prepared, EngineError> {
    let deps = &inner.deps;
    let env = &deps.env;
    let Asked { mut params, load_request, config } = asked;
    let kept_sandbox = beginning.history().is_some_and(|history| recorded::fill(&mut params, history));
    let cwd = absolute(&env.machine.cwd, params.cwd.as_deref().unwrap_or_default());
    let catalog = inner.models.catalog(&config)?;
    let default_model = || catalog.default_model().map(|model| model.slug.clone()).unwrap_or_default();
    let NewSettings { mut settings, warnings: bent } = NewSettings::new(&params, &config, cwd, default_model)?;
    if let Some(history) = beginning.history() {
        recorded::restore(&mut settings, &params, history, kept_sandbox);
    }
    if let Beginning::Reverted(revert) = &beginning {
        settings = revert.settings.clone();
    }
    settings.provider = with_url(&settings.provider, &config);
    let model = ModelFacts::new(&catalog, &settings.model, &config);
    let kept = beginning.history().and_then(|history| history.base_instructions.as_deref());
    let base = base_instructions(&params, kept, &config, &model);
    let agents_md = AgentsMd::load(deps.config.home().path(), &config, settings.cwd.as_path());
    let prompt = prompt(&base.text)?;
    let dynamic_tools = match beginning.history() {
        Some(history) => DynamicTools::kept(history.dynamic_tools.clone()),
        None => DynamicTools::checked(params.dynamic_tools.take().unwrap_or_default())?,
    };
    let created = env.now_zoned();
    let Begun { origin, log, view, past, conversation, sink } =
        begin(inner, &params, &settings, (base, dynamic_tools.specs()), created, beginning)?;

    let (rules, rules_warning) = load_rules(deps.config.home(), &config);
    let id: Arc<str> = view.id.as_str().into();
    let shell = deps.config.env().text("SHELL").and_then(|path| Path::new(path).file_name()?.to_str());
    let unload_after = config.thread_unload_delay_secs.map_or(UNLOAD_AFTER, Duration::from_secs);
    let developer_instructions = params.developer_instructions.or_else(|| config.developer_instructions.clone());
    let shared = Arc::new(ThreadShared {
        id: Arc::clone(&id),
        env: env.clone(),
        sink: sink.unwrap_or_else(|| {
            let (clock, audience) = (Arc::clone(&env.clock), Arc::clone(&deps.audience));
            let limits = BacklogLimits::of(&deps.config.app_server().limits);
            Sink::new(Arc::clone(&id), clock, audience, Arc::clone(&inner.questions), limits)
        }),
        log,
        state: inner.state.clone(),
        origin,
        models: Arc::clone(&inner.models),
        identity: Arc::clone(&deps.identity),
        loader: Arc::clone(&deps.config),
        deadline: deps.config.app_server().limits.provider_deadline,
        shell: shell.unwrap_or("bash").to_owned(),
        prompt,
        developer_instructions: developer_instructions.filter(|text| !text.trim().is_empty()),
        started_in: settings.cwd.as_path().to_owned(),
        agents_md,
        load_request,
        config: Mutex::new(config),
        conversation: Mutex::new(conversation),
        view: Mutex::new(View::new(view)),
        waiting: Mutex::default(),
        dynamic_tools,
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
        past,
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

impl Beginning {
    fn history(&self) -> Option<&History> {
        match self {
            Self::New(_) | Self::Supplied(..) => None,
            Self::Resumed(history, ..) => Some(history),
            Self::Forked(fork) => Some(&fork.history),
            Self::Reverted(revert) => Some(&revert.history),
        }
    }
}

/// What a thread has from its beginning.
struct Begun {
    origin: Origin,
    log: Log,
    view: Thread,
    past: Past,
    conversation: Conversation,
    /// Where its events went before; `None` for a thread that was not loaded.
    sink: Option<Sink>,
}

fn begin(
    inner: &Inner,
    params: &ThreadStartParams,
    settings: &Settings,
    (base, dynamic_tools): (BaseInstructions, &[DynamicToolSpec]),
    created: Zoned,
    beginning: Beginning,
) -> Result<Begun, EngineError> {
    let deps = &inner.deps;
    let env = &deps.env;
    let now = created.timestamp().as_second();
    let new_thread = |view: &Thread, window_id: &str| NewThread {
        thread_id: view.id.clone(),
        created_at: created.clone(),
        meta: SessionMeta {
            session_id: None,
            cwd: settings.cwd.as_str().to_owned(),
            runtime_workspace_roots: settings.workspace_roots.iter().map(|root| root.as_str().to_owned()).collect(),
            originator: view.originator.clone().unwrap_or_default(),
            source: view.source.clone(),
            thread_source: view.thread_source.as_ref().map(|source| source.as_str().to_owned()),
            model_provider: settings.provider_id.clone(),
            base_instructions: Some(base.clone()),
            dynamic_tools: dynamic_tools.to_vec(),
            history_mode: view.history_mode,
            window_id: window_id.to_owned(),
            git: None,
            forked_from_id: None,
            history_base: None,
        },
        continuation: None,
        copied: Vec::new(),
    };
    let create = |view: &mut Thread, thread: NewThread| -> Result<Log, EngineError> {
        if view.ephemeral {
            return Ok(Log::ephemeral());
        }
        let recorder = deps.store.create(thread)?;
        view.path = Some(recorder.path().to_string_lossy().into_owned());
        Ok(Log::kept(recorder))
    };
    match beginning {
        Beginning::New(started_as) => {
            let id = match started_as {
                StartedAs::New => env.new_id(),
                StartedAs::Id(id) => id,
            };
            let mut view = new_view(params, settings, &id, now, deps.identity.originator());
            let window_id = env.new_id();
            let thread = new_thread(&view, &window_id);
            let log = create(&mut view, thread)?;
            let conversation = Conversation::new(window_id);
            Ok(Begun { origin: Origin::New, log, view, past: Past::default(), conversation, sink: None })
        }
        Beginning::Supplied(items, preview) => {
            let mut view = new_view(params, settings, &env.new_id(), now, deps.identity.originator());
            view.preview = preview;
            let window_id = env.new_id();
            let thread = new_thread(&view, &window_id);
            let log = create(&mut view, thread)?;
            let past = Past { has_file: true, ..Past::default() };
            let conversation = Conversation::supplied(items, window_id);
            Ok(Begun { origin: Origin::Supplied, log, view, past, conversation, sink: None })
        }
        Beginning::Resumed(mut history, recorder, sink) => {
            let mut view = std::mem::replace(
                &mut history.stored.thread,
                new_view(params, settings, "", now, deps.identity.originator()),
            );
            show_settings(&mut view, settings);
            let window_id = history.window_id.take().unwrap_or_else(|| env.new_id());
            let past = Past::of(&history);
            let conversation = Conversation::resumed(&mut history, window_id);
            let log = Log::kept(recorder);
            Ok(Begun { origin: Origin::Resumed, log, view, past, conversation, sink: sink.map(|sink| *sink) })
        }
        Beginning::Forked(fork) => {
            let Fork { mut history, copied, warm } = *fork;
            let source = &history.stored.thread;
            let mut view = new_view(params, settings, &env.new_id(), now, deps.identity.originator());
            view.history_mode = source.history_mode;
            view.forked_from_id = Some(source.id.clone());
            view.preview.clone_from(&source.preview);
            view.name.clone_from(&source.name);
            let window_id = env.new_id();
            let mut thread = new_thread(&view, &window_id);
            thread.meta.forked_from_id.clone_from(&view.forked_from_id);
            if view.history_mode == ThreadHistoryMode::Paginated {
                thread.meta.history_base.clone_from(&history.end);
            }
            thread.copied = copied;
            let origin = Origin::Forked {
                thread_id: source.id.clone(),
                ordinal: thread.meta.history_base.as_ref().map(|base| base.end_ordinal_exclusive),
                warm,
            };
            let log = create(&mut view, thread)?;
            let past = Past::of(&history);
            let conversation = Conversation::resumed(&mut history, window_id);
            Ok(Begun { origin, log, view, past, conversation, sink: None })
        }
        Beginning::Reverted(revert) => {
            let Revert { mut history, lock, settings: _, sink, shown } = *revert;
            let mut view = shown;
            view.status = ThreadStatus::Idle;
            let window_id = history.window_id.take().unwrap_or_else(|| env.new_id());
            let mut thread = new_thread(&view, &window_id);
            thread.meta.forked_from_id.clone_from(&view.forked_from_id);
            thread.meta.history_base.clone_from(&history.end);
            thread.continuation = Some(env.new_id());
            let recorder = deps.store.create_with(thread, lock);
            view.path = Some(recorder.path().to_string_lossy().into_owned());
            let past = Past::of(&history);
            let conversation = Conversation::resumed(&mut history, window_id);
            Ok(Begun { origin: Origin::Resumed, log: Log::kept(recorder), view, past, conversation, sink: Some(sink) })
        }
    }
}

/// A stored thread as it is shown while it is loaded.
fn show_settings(view: &mut Thread, settings: &Settings) {
    view.environments = Some(settings.environments());
    view.model_provider.clone_from(&settings.provider_id);
    view.model = Some(settings.model.clone());
    view.reasoning_effort.clone_from(&settings.effort);
    view.cwd = settings.cwd.clone();
    view.status = ThreadStatus::Idle;
    view.can_accept_direct_input = Some(true);
    view.turns = Vec::new();
}

/// The base prompt: the client's, the one that the thread has had so far, the configuration's, the model's own, or ours.
fn base_instructions(
    params: &ThreadStartParams,
    kept: Option<&str>,
    config: &Config,
    model: &ModelFacts,
) -> BaseInstructions {
    let of_model = || InstructionsProvenance::Model { model: model.info.slug.clone() };
    if params.base_instructions.is_none()
        && let Some(text) = kept
    {
        return BaseInstructions { text: text.into(), provenance: of_model() };
    }
    let custom = params.base_instructions.as_ref().or(config.base_instructions.as_ref());
    match custom {
        Some(text) => BaseInstructions { text: text.as_str().into(), provenance: InstructionsProvenance::Custom },
        None => BaseInstructions {
            text: model.info.base_instructions.as_deref().unwrap_or(BASE_PROMPT).into(),
            provenance: of_model(),
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
