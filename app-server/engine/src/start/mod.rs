//! How a thread comes to be loaded: started, resumed, forked, taken back to an earlier turn.

mod fork;
mod prepare;
mod recorded;
mod resume;
mod revert;
pub(crate) mod words;

use std::path::PathBuf;
use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ConfigWarningNotification, DeprecationNoticeNotification, TextPosition, TextRange, ThreadStartParams,
    ThreadStartResponse, ThreadStartedNotification,
};
use codex_config_loader::{Config, ConfigWarning, LoadRequest, SandboxPolicy};
use serde_json::Value;

use crate::deps::Subscriber;
use crate::engine::{Inner, Reply};
use crate::error::EngineError;
use crate::settings::{absolute, sandbox_mode};
use crate::thread::{self, Actor, ThreadShared};
use prepare::{Asked, Beginning, Prepared, prepare};

/// Which id a new thread gets.
#[derive(Debug)]
pub(crate) enum StartedAs {
    /// A new one.
    New,
    /// One that was chosen before.
    Id(String),
}

/// Starts a thread, subscribes to it and answers.
pub(crate) async fn start_thread(
    inner: &Arc<Inner>,
    params: ThreadStartParams,
    started_as: StartedAs,
    subscriber: Arc<dyn Subscriber>,
    reply: Reply<ThreadStartResponse>,
) {
    let project = params.project_id.clone();
    if let Some(project) = &project
        && let Err(error) = inner.check_project(project).await
    {
        return reply(Err(error));
    }
    let prepared = configure(inner, &params).await.and_then(|(load_request, config)| {
        prepare(inner, Asked { params, load_request, config }, Beginning::New(started_as))
    });
    let Prepared { shared, actor, handle, bent, rules_warning } = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return reply(Err(error)),
    };
    if project.is_some() && !shared.log.is_ephemeral() {
        let recency = shared.view().thread().recency_at;
        if let Err(error) = inner.state.assign_project(shared.id.to_string(), project, recency).await {
            return reply(Err(error.into()));
        }
    }
    let response = thread::start_response(&shared, &actor.settings, shared.view().thread());
    inner.threads.insert(handle);
    tell_rules(&shared, &*subscriber, rules_warning.as_ref());
    let thread = response.thread.clone();
    shared.sink.join(Arc::clone(&subscriber), |_| reply(Ok(response)));
    shared.sink.broadcast(ServerNotification::ThreadStarted(ThreadStartedNotification { thread }));
    tell_bent(&shared, &*subscriber, &bent);
    tell_oddities(&shared, &*subscriber);
    tokio::spawn(Actor::new(actor).run());
}

/// What is wrong with the rules about commands.
fn tell_rules(shared: &ThreadShared, subscriber: &dyn Subscriber, warning: Option<&ConfigWarning>) {
    if let Some(warning) = warning {
        shared.sink.tell(subscriber, ServerNotification::ConfigWarning(config_warning(warning)));
    }
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
fn load_request(inner: &Inner, params: &ThreadStartParams) -> LoadRequest {
    let cwd = absolute(&inner.deps.env.machine.cwd, params.cwd.as_deref().unwrap_or_default());
    let mut overrides: serde_json::Map<String, Value> = params.config.clone().unwrap_or_default().into_iter().collect();
    if let Some(profile) = &params.permissions {
        overrides.insert("default_permissions".to_owned(), Value::String(profile.clone()));
    }
    LoadRequest { cwd: Some(cwd.as_path().to_owned()), overrides }
}
