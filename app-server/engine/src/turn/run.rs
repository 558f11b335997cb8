//! The loop of a turn: ask the model, do what it wants, ask again, until it has nothing left to say.
//!
//! Everything that may take long is given up at once when the turn is told to stop; a model's answer also when the user
//! says more. What has begun to be written down is always written to its end.

use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ErrorNotification, TurnError};
use codex_model_client::{ModelClient, ModelError, Retry, backoff};
use codex_thread_store::StoreError;
use codex_utils_metrics::MODEL_RETRIES;
use tokio::time::{Instant, sleep, sleep_until};

use super::compact::Compaction;
use super::{Message, Outcome, TurnFacts, failure};
use crate::context::ContextMessage;
use crate::thread::{ThreadShared, count_goal};
use crate::tools::{self, Tool, UserShell};

/// The pause while there is no network.
const NETWORK_PAUSE: Duration = Duration::from_secs(5);

/// The work of a turn.
pub(super) struct Work {
    pub(super) thread: Arc<ThreadShared>,
    pub(super) turn: Arc<TurnFacts>,
    /// When the provider was last heard of, or the turn began.
    pub(super) heard: Instant,
    /// Whether the model has said anything.
    pub(super) spoken: bool,
    /// Whether clients were told that another model answers.
    pub(super) rerouted: bool,
    /// The tools that the model is offered.
    pub(super) offered: Vec<Tool>,
}

/// Why the work stops before the model is done.
#[derive(Debug)]
pub(crate) enum Ending {
    Interrupted,
    Failed(Box<TurnError>),
}

/// How far one step came.
pub(super) enum Step {
    /// The model has said its last word.
    Done,
    /// It waits for what its calls brought, or wants to go on, or the user said more.
    Again,
}

/// Why waiting for a provider ended.
pub(super) enum Waited<T> {
    Ready(T),
    Steered,
}

impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        Self::Failed(Box::new(failure::unwritten(&error)))
    }
}

impl From<serde_json::Error> for Ending {
    fn from(error: serde_json::Error) -> Self {
        Self::Failed(Box::new(failure::other(format!("an item of the history cannot be written as JSON: {error}"))))
    }
}

impl From<Box<TurnError>> for Ending {
    fn from(error: Box<TurnError>) -> Self {
        Self::Failed(error)
    }
}

impl From<TurnError> for Ending {
    fn from(error: TurnError) -> Self {
        Self::Failed(Box::new(error))
    }
}

/// What the model is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask {
    /// To go on with the conversation.
    GoOn,
    /// To sum it up.
    Summarize(Compaction),
}

/// What a turn begins with.
pub(crate) enum Opening {
    /// The user says something.
    Said(Message),
    /// The user runs a command; the model is not asked.
    Shell(UserShell),
    /// The history is compacted, and nothing else.
    Compact,
    /// The thread goes on to its goal, of which the model is told.
    Goal(ContextMessage),
    /// It goes on: it was given more after its last word.
    More,
}

/// Runs a turn.
pub(crate) async fn run(thread: Arc<ThreadShared>, turn: Arc<TurnFacts>, opening: Opening) -> Outcome {
    let mut work = Work::new(thread, turn);
    match work.run(opening).await {
        Ok(()) => Outcome::Completed,
        Err(Ending::Interrupted) => Outcome::Interrupted,
        Err(Ending::Failed(error)) => Outcome::Failed(error),
    }
}

/// Writes down what was accepted and not taken up before the turn ended.
pub(crate) async fn record_pending(thread: &Arc<ThreadShared>, turn: &Arc<TurnFacts>) {
    let work = Work::new(Arc::clone(thread), Arc::clone(turn));
    while let Some(message) = turn.control.take() {
        if let Err(Ending::Failed(error)) = work.take_up(message).await {
            tracing::error!(thread = %thread.id, error = %error.message, "a message could not be recorded");
        }
    }
    if let Err(Ending::Failed(error)) = work.tell_notes(turn.tools.close_notes()) {
        tracing::error!(thread = %thread.id, error = %error.message, "a note for the model was lost");
    }
}

impl Work {
    pub(super) fn new(thread: Arc<ThreadShared>, turn: Arc<TurnFacts>) -> Self {
        let offered = tools::offered(&turn, &thread.config(), thread.has_goals());
        Self { thread, turn, heard: Instant::now(), spoken: false, rerouted: false, offered }
    }

    async fn run(&mut self, opening: Opening) -> Result<(), Ending> {
        let settings = &self.turn.settings;
        let client = || self.thread.models.client(&settings.provider_id, &settings.provider);
        let client = match opening {
            Opening::Shell(command) => return self.run_shell(command).await,
            Opening::Compact => {
                self.begin_lines().await?;
                let client = client()?;
                self.heard = Instant::now();
                return self.compact(&client, Compaction::Manual).await;
            }
            Opening::Said(message) if self.is_full() => {
                self.begin_lines().await?;
                let compacted = match client() {
                    Ok(client) => {
                        self.heard = Instant::now();
                        self.compact(&client, Compaction::PreTurn).await.map(|()| client)
                    }
                    Err(error) => Err(error.into()),
                };
                // What the user said is kept, whatever becomes of the history before it.
                self.take_up(message).await?;
                compacted?
            }
            Opening::Said(message) => {
                self.open(message).await?;
                client()?
            }
            Opening::Goal(told) => {
                self.open_goal(told).await?;
                client()?
            }
            Opening::More => {
                self.reopen().await?;
                client()?
            }
        };
        self.heard = Instant::now();
        loop {
            while let Some(message) = self.turn.control.take() {
                self.take_up(message).await?;
            }
            self.tell_notes(self.turn.tools.take_notes())?;
            let step = self.step(&client, Ask::GoOn).await?;
            count_goal(&self.thread, &self.turn).await;
            match step {
                Step::Again if self.is_full() => self.compact(&client, Compaction::MidTurn).await?,
                Step::Again => {}
                Step::Done if self.turn.control.has_pending() => {}
                Step::Done => return Ok(()),
            }
        }
    }

    /// Runs a command of the user as all there is to the turn.
    async fn run_shell(&mut self, command: UserShell) -> Result<(), Ending> {
        self.begin_lines().await?;
        let running = tools::run_user_shell(Arc::clone(&self.thread), Arc::clone(&self.turn), command);
        let told = self.wait_at_home(running).await??;
        self.tell_notes(vec![told])
    }

    /// Puts what the model is to be told into the history.
    fn tell_notes(&self, notes: Vec<ContextMessage>) -> Result<(), Ending> {
        let (thread, turn) = (&self.thread, &self.turn);
        let mut lines = Vec::with_capacity(notes.len());
        for note in notes {
            lines.push(thread.conversation().push_context(&thread.env, &turn.id, note)?);
        }
        thread.log.add(lines);
        Ok(())
    }

    /// Asks the model until it has answered once, or the user says more.
    pub(super) async fn step(&mut self, client: &ModelClient, ask: Ask) -> Result<Step, Ending> {
        let most = client.provider().stream_max_retries;
        let mut attempt = 0;
        let mut last: Option<ModelError> = None;
        loop {
            let asked = match ask {
                Ask::GoOn => self.sample(client, last.as_ref()).await?,
                Ask::Summarize(compaction) => self.summarize(client, compaction, last.as_ref()).await?,
            };
            let error = match asked {
                Ok(step) => return Ok(step),
                Err(error) => error,
            };
            let pause = match error.retry {
                Retry::Stream { after } if attempt < most => {
                    attempt += 1;
                    self.tell_retry(&format!("{attempt}/{most}"), &error);
                    after.unwrap_or_else(|| backoff(attempt, self.thread.env.rng.unit()))
                }
                Retry::Network => {
                    self.tell_retry("waiting for network", &error);
                    NETWORK_PAUSE
                }
                Retry::Never | Retry::Stream { .. } => return Err(failure::of_model(&error).into()),
            };
            tracing::debug!(thread = %self.thread.id, turn = %self.turn.id, %error, "the model is asked again");
            match ask {
                Ask::GoOn => {
                    if let Waited::Steered = self.wait(sleep(pause), Some(&error)).await? {
                        return Ok(Step::Again);
                    }
                }
                Ask::Summarize(_) => self.wait_through(sleep(pause), Some(&error)).await?,
            }
            last = Some(error);
        }
    }

    fn tell_retry(&self, progress: &str, cause: &ModelError) {
        MODEL_RETRIES.inc();
        self.thread.sink.emit(ServerNotification::Error(ErrorNotification {
            error: failure::reconnecting(progress, cause),
            will_retry: true,
            thread_id: self.thread.id.to_string(),
            turn_id: self.turn.id.clone(),
        }));
    }

    /// Waits for something of the provider, but no longer than until the turn is to stop, the user says more, or the
    /// provider has been silent for too long; `last` is the failure before, for the error then.
    pub(super) async fn wait<F: Future>(
        &self,
        of_provider: F,
        last: Option<&ModelError>,
    ) -> Result<Waited<F::Output>, Ending> {
        tokio::select! {
            biased;
            () = self.turn.control.stop.cancelled() => Err(Ending::Interrupted),
            () = self.turn.control.steered() => Ok(Waited::Steered),
            output = self.wait_through(of_provider, last) => output.map(Waited::Ready),
        }
    }

    /// The same, whatever the user says meanwhile.
    pub(super) async fn wait_through<F: Future>(
        &self,
        of_provider: F,
        last: Option<&ModelError>,
    ) -> Result<F::Output, Ending> {
        let deadline = async {
            match self.thread.deadline {
                Some(limit) => {
                    sleep_until(self.heard + limit).await;
                    limit.as_secs()
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.turn.control.stop.cancelled() => Err(Ending::Interrupted),
            output = of_provider => Ok(output),
            seconds = deadline => Err(failure::silent(seconds, last).into()),
        }
    }

    /// Waits for something of ours, but no longer than until the turn is to stop.
    pub(super) async fn wait_at_home<F: Future>(&self, of_ours: F) -> Result<F::Output, Ending> {
        tokio::select! {
            biased;
            () = self.turn.control.stop.cancelled() => Err(Ending::Interrupted),
            output = of_ours => Ok(output),
        }
    }
}
