//! `apply_patch`: a patch of the model, verified as a whole, decided about, made, and shown as changes and as a diff.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::server_methods::ItemFileChangeRequestApproval;
use codex_app_server_protocol::v2::{
    FileChangeApprovalDecision as Decision, FileChangeRequestApprovalParams, FileUpdateChange, PatchApplyStatus,
    PatchChangeKind, ThreadItem, ThreadItemKind, TurnDiffUpdatedNotification,
};
use codex_apply_patch::{ChangeKind, Effect, FileChange, LocalFiles, Plan, TurnDiff, tool_output, verify};
use codex_sandbox::{SandboxMode, SandboxSpec};
use codex_thread_store::RolloutItem;

use super::{Caller, Output, exec};
use crate::approval::{PatchRequest, Place, Refusal, Ruling, on_patch};
use crate::confinement::may_write;
use crate::thread::{Answered, ThreadShared};
use crate::turn::{Ending, TurnFacts};

/// What the model is told that gives a patch as a command.
pub(super) const WITHOUT_CALL: &str = "apply_patch verification failed: patch detected without explicit call to \
                                       apply_patch. Rerun as [\"apply_patch\", \"<patch>\"]";

/// What became of a call.
pub(super) enum Outcome {
    /// The patch was made, and this is said about it.
    Made(String),
    /// It was not, or not as a whole.
    Not(Output),
}

impl From<String> for Outcome {
    fn from(told: String) -> Self {
        Self::Not(told.into())
    }
}

/// The item of a patch.
struct PatchItem {
    id: String,
    changes: Vec<FileUpdateChange>,
    started_at_ms: i64,
}

/// Makes a patch. `cwd` is the folder that its paths are relative to.
pub(super) async fn run(caller: &Caller, text: String, cwd: PathBuf) -> Result<Outcome, Ending> {
    let Caller { thread, turn, call_id } = caller;
    let rules = match caller.confinement() {
        Ok(rules) => rules,
        Err(error) => return Ok(format!("patch rejected: {error}").into()),
    };
    let verified = blocking(move || {
        let plan = verify(&text, &cwd, &LocalFiles)?;
        let place = place(&plan, &rules);
        Ok::<_, codex_apply_patch::VerifyError>((plan, place))
    });
    let (plan, place) = match verified.await {
        Some(Ok(verified)) => verified,
        Some(Err(error)) => return Ok(error.to_string().into()),
        None => return Ok(broke_off()),
    };
    let item = PatchItem {
        id: call_id.clone(),
        changes: plan.changes().iter().map(change).collect(),
        started_at_ms: thread.env.now_ms(),
    };
    let files: Vec<PathBuf> = plan.affected().map(|affected| affected.path.clone()).collect();
    let policy = &turn.settings.approval_policy;
    let asks = match on_patch(&PatchRequest { policy, place }) {
        Ruling::Run { .. } => false,
        Ruling::Ask { .. } => !thread.tools.remembered().allows_files(&files),
        Ruling::Refuse(Refusal::Plain(told) | Refusal::NotStarted(told)) => return Ok(told.into()),
    };
    thread.sink.item_started(&turn.id, item.on_wire(PatchApplyStatus::InProgress, None));
    if asks && let Some(refused) = ask(caller, &item, files).await? {
        return Ok(Outcome::Not(refused));
    }
    // Once it has begun it comes to its end, whatever becomes of the turn.
    let making = tokio::spawn(make(Arc::clone(thread), Arc::clone(turn), plan, item));
    making.await.unwrap_or_else(|error| {
        tracing::error!(thread = %thread.id, %error, "a patch broke off");
        Ok(broke_off())
    })
}

/// Makes a patch that may be made, and shows what came of it.
async fn make(thread: Arc<ThreadShared>, turn: Arc<TurnFacts>, plan: Plan, item: PatchItem) -> Result<Outcome, Ending> {
    let began = Instant::now();
    // It is never closed.
    let _patching = thread.tools.patching.acquire().await;
    let Some(applied) = blocking(move || plan.apply(&LocalFiles)).await else { return Ok(broke_off()) };
    let (code, told, effects, changes) = match applied {
        Ok(applied) => (0, applied.summary, applied.effects, Some(applied.changes)),
        Err(error) => (1, format!("{error}\n"), error.effects, None),
    };
    let status = if code == 0 { PatchApplyStatus::Completed } else { PatchApplyStatus::Failed };
    let item = match changes {
        // Files may have changed while the user was asked.
        Some(changes) => PatchItem { changes: changes.iter().map(change).collect(), ..item },
        None => item,
    };
    item.complete(&thread, &turn, status).await?;
    show_effects(&thread, &turn, effects).await;
    let told = tool_output(code, began.elapsed(), &told);
    Ok(if code == 0 { Outcome::Made(told) } else { told.into() })
}

/// Does work that waits for the disk where waiting is allowed; `None` when it panicked.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.inspect_err(|error| tracing::error!(%error, "a patch broke off")).ok()
}

fn broke_off() -> Outcome {
    "apply_patch failed inside of the server; look at the files before you go on".to_owned().into()
}

fn place(plan: &Plan, rules: &SandboxSpec) -> Place {
    if !rules.mode.confines() {
        Place::Anywhere
    } else if rules.mode == SandboxMode::ReadOnly {
        Place::ReadOnly
    } else if plan.affected().all(|affected| may_write(rules, &affected.real)) {
        Place::Inside
    } else {
        Place::Outside
    }
}

fn change(change: &FileChange) -> FileUpdateChange {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    FileUpdateChange {
        path: text(&change.path),
        kind: match &change.kind {
            ChangeKind::Add => PatchChangeKind::Add,
            ChangeKind::Delete => PatchChangeKind::Delete,
            ChangeKind::Update { move_path } => PatchChangeKind::Update { move_path: move_path.as_deref().map(text) },
        },
        diff: change.diff.clone(),
    }
}

impl PatchItem {
    fn on_wire(&self, status: PatchApplyStatus, completed_at_ms: Option<i64>) -> ThreadItem {
        let kind = ThreadItemKind::FileChange { id: self.id.clone(), changes: self.changes.clone(), status };
        ThreadItem { kind, started_at_ms: Some(self.started_at_ms), completed_at_ms }
    }

    /// Writes down what became of it, then tells the subscribers.
    async fn complete(&self, thread: &ThreadShared, turn: &TurnFacts, status: PatchApplyStatus) -> Result<(), Ending> {
        let item = self.on_wire(status, Some(thread.env.now_ms()));
        thread.log.write(vec![RolloutItem::item_completed(&*turn.id, &item)]).await?;
        thread.sink.item_completed(&turn.id, item);
        Ok(())
    }
}

/// Asks the user; what the model is told when the patch is not to be made.
async fn ask(caller: &Caller, item: &PatchItem, files: Vec<PathBuf>) -> Result<Option<Output>, Ending> {
    let Caller { thread, turn, call_id } = caller;
    let params = FileChangeRequestApprovalParams {
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        item_id: call_id.clone(),
        started_at_ms: thread.env.now_ms(),
        reason: None,
        grant_root: None,
    };
    let told = match caller.ask_leave::<ItemFileChangeRequestApproval>(&params).await {
        Answered::With(response) => match response.decision {
            Decision::Accept => return Ok(None),
            Decision::AcceptForSession => {
                thread.tools.remembered().allow_files(files);
                return Ok(None);
            }
            // The turn ends at once; its end is the patch's end.
            Decision::Cancel => return Ok(Some(Output::Cancelled)),
            Decision::Decline => "patch rejected by user",
        },
        Answered::Badly(_) | Answered::Never => exec::NO_ANSWER,
    };
    item.complete(thread, turn, PatchApplyStatus::Declined).await?;
    Ok(Some(told.to_owned().into()))
}

/// Adds to the diff of the turn what a patch did, and tells it.
async fn show_effects(thread: &ThreadShared, turn: &Arc<TurnFacts>, effects: Vec<Effect>) {
    if effects.is_empty() {
        return;
    }
    let config = thread.config();
    let root = config.repository_root.clone().unwrap_or_else(|| turn.settings.cwd.as_path().to_owned());
    let turn_facts = Arc::clone(turn);
    let diffed = blocking(move || {
        let mut diff = turn_facts.tools.diff();
        let diff = diff.get_or_insert_with(|| {
            let real = std::fs::canonicalize(&root).unwrap_or(root);
            TurnDiff::new(real, TurnDiff::LIMIT)
        });
        diff.record(&effects);
        diff.text()
    });
    if let Some(diff) = diffed.await {
        tell_diff(thread, turn, diff);
    }
}

/// Tells the diff of the turn once more, as it is after every answer of the model.
pub(crate) fn repeat_diff(thread: &ThreadShared, turn: &TurnFacts) {
    let diff = turn.tools.diff().as_mut().map(TurnDiff::text);
    if let Some(diff) = diff {
        tell_diff(thread, turn, diff);
    }
}

fn tell_diff(thread: &ThreadShared, turn: &TurnFacts, diff: String) {
    let updated = TurnDiffUpdatedNotification { thread_id: thread.id.to_string(), turn_id: turn.id.clone(), diff };
    thread.sink.emit(ServerNotification::TurnDiffUpdated(updated));
}
