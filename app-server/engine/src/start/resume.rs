//! `thread/resume`: a stored thread is loaded and goes on, or a new one begins with a history that the client gives.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use codex_app_server_protocol::ext::{ThreadReplayParams, ThreadReplayResponse};
use codex_app_server_protocol::v2::{
    ContentItem, ResponseItem, ThreadHistoryMode, ThreadResumeParams, ThreadResumeResponse, ThreadStartParams,
    WarningNotification,
};
use codex_app_server_protocol::{Event, ServerNotification};
use codex_thread_store::{History, HistoryItem, Recorder, Resumed, RolloutItem, ThreadFile, TurnAborted};
use serde_json::Value;

use super::prepare::{Asked, Beginning, Prepared, prepare};
use super::words::asked_in_words_of_a_start;
use super::{load_request, recorded, tell_bent, tell_oddities, tell_rules};
use crate::context;
use crate::deps::Subscriber;
use crate::engine::{Engine, Inner, Reply};
use crate::env::Env;
use crate::error::EngineError;
use crate::registry::{session_id, thread_id};
use crate::settings::Settings;
use crate::thread::conversation::item;
use crate::thread::{self, Actor, Command, ThreadShared};
use crate::turn::settings_line;

impl Engine {
    /// Subscribes to a thread. One that is not loaded is loaded first; requests about it wait meanwhile.
    pub async fn resume_thread(
        &self,
        params: ThreadResumeParams,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadResumeResponse>,
    ) {
        if let Err((error, reply)) = self.inner.resume(params, subscriber, reply, self).await {
            reply(Err(error));
        }
    }
}

impl Engine {
    /// Subscribes to a thread and brings what was missed since a place in it, else all that there is.
    pub async fn replay_thread(
        &self,
        params: ThreadReplayParams,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadReplayResponse>,
    ) {
        let place = match params.after.as_deref().map(|after| after.parse().map_err(|_| after.to_owned())).transpose() {
            Ok(place) => place,
            Err(cursor) => return reply(Err(EngineError::InvalidCursor(cursor))),
        };
        let loaded = thread_id(&params.thread_id).ok().and_then(|id| self.inner.threads.get(&id));
        if let Some(handle) = loaded {
            self.inner.refresh(&handle.shared).await;
            return self.send(&handle, Command::Replay(place, subscriber, reply)).await;
        }
        let params = ThreadResumeParams { thread_id: params.thread_id, ..ThreadResumeParams::default() };
        self.resume_thread(params, subscriber, thread::in_a_snapshot(reply)).await;
    }
}

/// The answer that is still owed, with why there is none.
type Refused = (EngineError, Reply<ThreadResumeResponse>);

impl Inner {
    async fn resume(
        self: &Arc<Self>,
        params: ThreadResumeParams,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadResumeResponse>,
        engine: &Engine,
    ) -> Result<(), Refused> {
        if params.history.as_ref().is_some_and(Vec::is_empty) {
            return Err((EngineError::EmptyHistory, reply));
        }
        let file = match self.file_of(&params) {
            Ok(file) => file,
            Err(error) => return Err((error, reply)),
        };
        if params.history.is_some() {
            return self.supply(params, &file, subscriber, reply).await;
        }
        // Who else resumes the thread meanwhile waits, and then finds it loaded.
        let key = match &file {
            ThreadFile::Id(id) => id.clone(),
            ThreadFile::Path(path) => path.to_string_lossy().into_owned(),
        };
        let _loading = self.threads.loading(&key).await;
        let loaded = match &file {
            ThreadFile::Id(id) => self.threads.get(id),
            ThreadFile::Path(path) => self.threads.at_path(path),
        };
        if let Some(handle) = loaded {
            let reply = match self.ends(&handle.shared.id, params.initial_turns_page.as_ref()).await {
                Ok(ends) => ends.added_to(reply),
                // Why there are no turns is what the thread itself says.
                Err(EngineError::NotMaterialized { .. } | EngineError::EphemeralPaging(_)) => reply,
                Err(error) => return Err((error, reply)),
            };
            self.refresh(&handle.shared).await;
            engine.send(&handle, Command::Resume(params.exclude_turns, subscriber, reply)).await;
            return Ok(());
        }
        if self.closing() {
            return Err((EngineError::ShuttingDown, reply));
        }
        if params.permissions.is_some() && params.sandbox.is_some() {
            return Err((EngineError::Combined("permissions", "sandbox"), reply));
        }
        let Resumed { history, recorder } = match self.deps.store.resume(file, !params.exclude_turns).await {
            Ok(resumed) => resumed,
            Err(error) => return Err((error.into(), reply)),
        };
        let reply = match self.ends(&history.stored.thread.id, params.initial_turns_page.as_ref()).await {
            Ok(ends) => ends.added_to(reply),
            Err(error) => return Err((error, reply)),
        };
        if !params.exclude_turns && history.stored.thread.history_mode == ThreadHistoryMode::Paginated {
            self.tell(&*subscriber, thread::turns_deprecated());
        }
        self.go_on(params, history, recorder, subscriber, reply).await
    }

    /// The thread that the request names.
    fn file_of(&self, params: &ThreadResumeParams) -> Result<ThreadFile, EngineError> {
        let Some(path) = &params.path else { return session_id(&params.thread_id).map(ThreadFile::Id) };
        if let Some(handle) = thread_id(&params.thread_id).ok().and_then(|id| self.threads.get(&id)) {
            let active = handle.shared.view().thread().path.unwrap_or_default();
            if *path.as_str() != active {
                let (id, requested) = (handle.shared.id.to_string(), path.as_str().to_owned());
                return Err(EngineError::StalePath { id, requested, active });
            }
        }
        self.path_of(path.as_str()).map(ThreadFile::Path)
    }

    /// A path of a request, which must exist; a relative one is seen from the home.
    pub(super) fn path_of(&self, path: &str) -> Result<PathBuf, EngineError> {
        let path = self.deps.config.home().path().join(Path::new(path));
        match path.is_file() || is_packed(&path) {
            true => Ok(path),
            false => Err(EngineError::RolloutPathNotFound(path.to_string_lossy().into_owned())),
        }
    }

    /// Loads a stored thread.
    async fn go_on(
        self: &Arc<Self>,
        params: ThreadResumeParams,
        mut history: History,
        recorder: Recorder,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadResumeResponse>,
    ) -> Result<(), Refused> {
        let turns = (!params.exclude_turns).then(|| std::mem::take(&mut history.stored.thread.turns));
        let recorded_model = history.settings.model.clone();
        let line = history.settings.line.take();
        let cut_short = history.last_turn.as_ref().filter(|(_, ended)| !ended).map(|(id, _)| id.clone());
        let asked = match self.asked(asked_of(params), &history).and_then(|asked| with_provider(asked, &history)) {
            Ok(asked) => asked,
            Err(error) => return Err((error, reply)),
        };
        let prepared = prepare(self, asked, Beginning::Resumed(Box::new(history), recorder, None));
        let Prepared { shared, actor, handle, bent, rules_warning } = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return Err((error, reply)),
        };
        note_resumption(&shared, &actor.settings, line.as_ref(), cut_short.as_deref());
        if let Some(before) = recorded_model.filter(|model| *model != actor.settings.model) {
            let message = format!(
                "This thread was recorded with the model {before} and goes on with {}; answers may differ.",
                actor.settings.model
            );
            let warning = WarningNotification { thread_id: Some(shared.id.to_string()), message };
            shared.sink.tell(&*subscriber, ServerNotification::Warning(warning));
        }
        self.refresh(&shared).await;
        self.threads.insert(handle);
        tell_rules(&shared, &*subscriber, rules_warning.as_ref());
        let mut actor = Actor::new(actor);
        actor.welcome(Arc::clone(&subscriber), turns, reply).await;
        tell_bent(&shared, &*subscriber, &bent);
        tell_oddities(&shared, &*subscriber);
        tokio::spawn(actor.run());
        Ok(())
    }

    /// The configuration for a thread that goes on from a stored one.
    pub(super) fn asked(&self, params: ThreadStartParams, history: &History) -> Result<Asked, EngineError> {
        let profile = recorded::profile(&params, history).map(str::to_owned);
        let folder = params.cwd.clone().unwrap_or_else(|| recorded::working_folder(history));
        let with = |permissions: Option<String>| {
            let permissions = params.permissions.clone().or(permissions);
            let params = ThreadStartParams { cwd: Some(folder.clone()), permissions, ..params.clone() };
            let request = load_request(self, &params);
            self.load_config(&request).map(|config| (request, config))
        };
        let loaded = match profile {
            // A profile that is gone does not keep the thread from going on.
            Some(profile) => with(Some(profile)).or_else(|error| {
                tracing::warn!(%error, "the permission profile of a stored thread is not used");
                with(None)
            }),
            None => with(None),
        };
        loaded.map(|(load_request, config)| Asked { params, load_request, config })
    }

    /// Begins a new thread with a history that the client gives.
    async fn supply(
        self: &Arc<Self>,
        params: ThreadResumeParams,
        file: &ThreadFile,
        subscriber: Arc<dyn Subscriber>,
        reply: Reply<ThreadResumeResponse>,
    ) -> Result<(), Refused> {
        if let ThreadFile::Id(id) = file
            && self.threads.get(id).is_some()
        {
            return Err((EngineError::HistoryOfLoaded(id.clone()), reply));
        }
        let items = params.history.clone().unwrap_or_default();
        let preview = preview(&items);
        let items = match supplied(&self.deps.env, items) {
            Ok(items) => items,
            Err(error) => return Err((error, reply)),
        };
        let lines = items.iter().map(|item| RolloutItem::SuppliedItem(Arc::clone(&item.item))).collect();
        let params = asked_of(params);
        let load_request = load_request(self, &params);
        let prepared = self.load_config(&load_request).and_then(|config| {
            prepare(self, Asked { params, load_request, config }, Beginning::Supplied(items, preview))
        });
        let Prepared { shared, actor, handle, bent, rules_warning } = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return Err((error, reply)),
        };
        if let Err(error) = shared.log.write(lines).await {
            return Err((error.into(), reply));
        }
        note_resumption(&shared, &actor.settings, None, None);
        self.threads.insert(handle);
        tell_rules(&shared, &*subscriber, rules_warning.as_ref());
        let mut actor = Actor::new(actor);
        actor.welcome(Arc::clone(&subscriber), None, reply).await;
        tell_bent(&shared, &*subscriber, &bent);
        tell_oddities(&shared, &*subscriber);
        tokio::spawn(actor.run());
        Ok(())
    }

    /// Tells one subscriber what its request brought about.
    pub(super) fn tell(&self, subscriber: &dyn Subscriber, body: ServerNotification) {
        subscriber.deliver(&Arc::new(Event::new(None, 0, self.deps.env.now_ms(), body)));
    }
}

/// Whether the file lies there compressed.
fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "jsonl") && path.with_extension("jsonl.zst").is_file()
}

/// Notes what differs from what the files tell: other settings, and that the last turn was cut short.
pub(super) fn note_resumption(
    shared: &ThreadShared,
    settings: &Settings,
    line: Option<&Value>,
    cut_short: Option<&str>,
) {
    let mut lines = Vec::new();
    let now = settings_line(settings);
    if serde_json::to_value(&now).ok().as_ref() != line {
        lines.push(RolloutItem::ThreadSettingsApplied(Box::new(now)));
    }
    if let Some(turn_id) = cut_short {
        match shared.conversation().push_context(&shared.env, turn_id, context::turn_aborted()) {
            Ok(line) => lines.push(line),
            Err(error) => tracing::error!(%error, "a note for the model was lost"),
        }
        // When it was cut is not known.
        lines.push(RolloutItem::TurnAborted(TurnAborted {
            root_turn_id: turn_id.to_owned(),
            turn_id: turn_id.to_owned(),
            reason: "interrupted".to_owned(),
            started_at: None,
            completed_at: None,
            duration_ms: None,
        }));
    }
    if !lines.is_empty() {
        shared.log.add(lines);
    }
}

/// What a resume asks for, in the words of a start.
fn asked_of(params: ThreadResumeParams) -> ThreadStartParams {
    asked_in_words_of_a_start!(params, personality: params.personality)
}

/// Checks that the provider is there: clients tell one that is gone from other mistakes of a configuration.
fn with_provider(asked: Asked, history: &History) -> Result<Asked, EngineError> {
    let stored = &history.stored.thread.model_provider;
    let recorded = history.settings.model_provider.as_ref().or(Some(stored).filter(|provider| !provider.is_empty()));
    match asked.params.model_provider.as_ref().or(recorded) {
        Some(provider) if asked.config.provider(provider).is_err() => Err(EngineError::ProviderGone(provider.clone())),
        _ => Ok(asked),
    }
}

/// The items of a client as they are sent to the model, each with an id.
fn supplied(env: &Env, items: Vec<ResponseItem>) -> Result<Vec<HistoryItem>, EngineError> {
    let mut supplied = Vec::with_capacity(items.len());
    for (sequence, given) in (1..).zip(items) {
        let said = matches!(&given, ResponseItem::Message { role, .. } if role == "user");
        let mut value = serde_json::to_value(&given).map_err(EngineError::unwritable)?;
        let is_message = value["type"] == "message";
        if let Some(fields) = value.as_object_mut()
            && is_message
            && fields.get("id").is_none_or(Value::is_null)
        {
            fields.insert("id".to_owned(), format!("msg_{}", env.new_id()).into());
        }
        supplied.push(HistoryItem { item: item(&value).map_err(EngineError::unwritable)?, sequence, said });
    }
    Ok(supplied)
}

/// The first thing said, as lists show it.
fn preview(items: &[ResponseItem]) -> String {
    let texts = items.iter().filter_map(|item| match item {
        ResponseItem::Message { role, content, .. } if role == "user" => Some(content),
        _ => None,
    });
    let text = |part: &ContentItem| match part {
        ContentItem::InputText { text } => Some(text.trim().to_owned()),
        _ => None,
    };
    texts.flatten().find_map(text).unwrap_or_default()
}
