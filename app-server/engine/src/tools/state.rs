//! What the tools remember: of a thread and of a turn.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_apply_patch::TurnDiff;
use codex_config_loader::{CodexHome, Config, ConfigWarning, TextPosition, TextRange};
use codex_exec::{Random, Sessions};
use codex_exec_policy::{Policy, RulesError, rules_files};
use tokio::sync::{RwLock, Semaphore, SemaphorePermit, watch};

use crate::approval::{Grants, Remembered};
use crate::context::ContextMessage;
use crate::env::Env;
use crate::host::Host;

/// The folder of rules inside of CODEX_HOME and of the `.codex` folders of projects.
const RULES: &str = "rules";

/// The file of [`RULES`] in CODEX_HOME that answers of the user are added to.
const DEFAULT_RULES: &str = "default.rules";

/// What the tools of one thread remember, for as long as it is loaded.
pub(crate) struct ThreadTools {
    pub(crate) host: Arc<Host>,
    pub(crate) sessions: Sessions<SessionTag>,
    /// Commands of the user.
    pub(crate) user_sessions: Sessions<()>,
    /// The file that allowed commands are added to.
    pub(crate) rules_file: PathBuf,
    /// Taken while a patch is made and shown: one after the other, and before the end of their turn.
    pub(crate) patching: Semaphore,
    rules: Mutex<Policy>,
    remembered: Mutex<Remembered>,
    /// Permissions for as long as the thread is loaded.
    pub(crate) granted: Grants,
    /// Whether clients were told that there is no reviewer but the user.
    pub(crate) told_unreviewed: AtomicBool,
}

/// What belongs to a command that runs.
#[derive(Clone, Debug)]
pub(crate) struct SessionTag {
    /// The item that shows it.
    pub(crate) item_id: String,
    /// The command line as the model gave it.
    pub(crate) script: String,
    /// Whether no sandbox confines it although the thread has one.
    pub(crate) escaped: bool,
    /// Taken by whoever tells clients about the command, so that a call's own news come before its end.
    pub(crate) telling: Arc<Semaphore>,
    /// Turns true when its item is complete.
    pub(crate) completed: watch::Receiver<bool>,
}

impl SessionTag {
    /// The right to tell clients about the command, as soon as nobody else has it.
    pub(crate) async fn tell(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed.
        self.telling.acquire().await.ok()
    }
}

impl ThreadTools {
    pub(crate) fn new(host: Arc<Host>, env: &Env, home: &Path, rules: Policy) -> Self {
        let numbers = Arc::clone(&env.rng);
        // A number from 0 to 1 has 52 random bits.
        let random: Random = Arc::new(move || (numbers.unit() * (1u64 << 52) as f64) as u64);
        Self {
            sessions: Sessions::new(host.spawner().clone(), Arc::clone(&random)),
            user_sessions: Sessions::new(host.spawner().clone(), random),
            host,
            rules_file: home.join(RULES).join(DEFAULT_RULES),
            patching: Semaphore::new(1),
            rules: Mutex::new(rules),
            remembered: Mutex::default(),
            granted: Grants::default(),
            told_unreviewed: AtomicBool::new(false),
        }
    }

    /// Ends every command of the thread.
    pub(crate) fn end_commands(&self) {
        self.sessions.clean();
        self.user_sessions.clean();
    }

    pub(crate) fn rules(&self) -> MutexGuard<'_, Policy> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the tools of one turn share.
pub(crate) struct TurnState {
    /// Calls that may run side by side share it, the others have it alone; in the order of the calls.
    pub(crate) gate: Arc<RwLock<()>>,
    diff: Mutex<Option<TurnDiff>>,
    /// What the model is to be told before it goes on; `None` once the turn has ended.
    notes: Mutex<Option<Vec<ContextMessage>>>,
    /// Permissions until the turn ends.
    pub(crate) granted: Grants,
}

impl TurnState {
    pub(crate) fn new() -> Self {
        Self {
            gate: Arc::default(),
            diff: Mutex::default(),
            notes: Mutex::new(Some(Vec::new())),
            granted: Grants::default(),
        }
    }

    /// Lets the model be told something before it goes on; gives it back when the turn has ended.
    pub(crate) fn note(&self, note: ContextMessage) -> Option<ContextMessage> {
        match self.notes.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(notes) => {
                notes.push(note);
                None
            }
            None => Some(note),
        }
    }

    /// What the model is to be told now.
    pub(crate) fn take_notes(&self) -> Vec<ContextMessage> {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// The turn ends: what the model is still to be told. No more is taken.
    pub(crate) fn close_notes(&self) -> Vec<ContextMessage> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// What the patches of the turn did; `None` before the first one.
    pub(crate) fn diff(&self) -> MutexGuard<'_, Option<TurnDiff>> {
        self.diff.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The rules for a thread's commands, and what is wrong with them: broken ones are left out as a whole.
pub(crate) fn load_rules(home: &CodexHome, config: &Config) -> (Policy, Option<ConfigWarning>) {
    let mut folders = vec![home.path().join(RULES)];
    folders.extend(config.project_rules_folders.iter().cloned());
    match rules_files(&folders).and_then(|files| Policy::load(&files)) {
        Ok(rules) => (rules, None),
        Err(error) => (Policy::default(), Some(warning(&error))),
    }
}

fn warning(error: &RulesError) -> ConfigWarning {
    let position = |at: codex_exec_policy::TextPosition| TextPosition { line: at.line, column: at.column };
    ConfigWarning {
        summary: "Error parsing rules; custom rules not applied.".to_owned(),
        details: Some(error.to_string()),
        path: Some(error.path().to_owned()),
        range: error.range().map(|range| TextRange { start: position(range.start), end: position(range.end) }),
    }
}
