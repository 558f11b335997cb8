//! The turns of one thread on the terminal: what the server tells is shown, what it asks is asked.

use std::sync::Arc;

use anyhow::{Context, bail};
use codex_app_server_client::{Client, ClientOptions, Connection, Notice, Notifications};
use codex_app_server_protocol::ext::{ThreadReplayParams, ThreadReplayResponse};
use codex_app_server_protocol::v2::{
    ThreadReadParams, ThreadResumeParams, ThreadResumeResponse, ThreadStartParams, ThreadStartResponse, Turn,
    TurnInterruptParams, TurnStartParams, TurnStatus, UserInput,
};
use codex_app_server_protocol::{ServerNotification, methods};
use tokio::sync::mpsc;

use super::ask::{Answering, Ask, Asker, Attendance, Desk};
use super::show::Screen;
use crate::shutdown::Signals;

/// A conversation with a server.
pub(super) struct Conversation {
    client: Client,
    notifications: Notifications,
    asks: mpsc::Receiver<Ask>,
    desk: Desk,
    screen: Screen,
    /// Ctrl-C and the like.
    interrupts: mpsc::Receiver<()>,
}

/// What happens next.
enum Event {
    Notice(Option<Notice>),
    Ask(Ask),
    Answering(Answering),
    Interrupt,
}

/// Said when a person does not wait for the end of their turn.
const GIVEN_UP: &str = "given up before the turn had ended";

/// Which turns are shown, and for how long.
struct Followed<'a> {
    /// The one that runs; where there is none, the next one that starts.
    turn: Option<String>,
    /// It is over when none runs.
    until_idle: bool,
    /// The thread whose turn Ctrl-C interrupts; without one it ends the showing.
    interrupts: Option<&'a str>,
}

impl Followed<'_> {
    fn is_over(&self) -> bool {
        self.until_idle && self.turn.is_none()
    }
}

impl Conversation {
    /// Connects to a server, whose requests are answered on the screen.
    pub(super) async fn open<C: Connection>(
        connection: C,
        options: ClientOptions,
        screen: Screen,
        attendance: Attendance,
    ) -> anyhow::Result<Self> {
        Self::open_with(options, screen, attendance, async |options| {
            let (client, notifications, _) = Client::connect(connection, options).await?;
            Ok((client, notifications))
        })
        .await
    }

    /// As [`Self::open`], on the client that `connect` makes with the options that it is given.
    pub(super) async fn open_with(
        options: ClientOptions,
        screen: Screen,
        attendance: Attendance,
        connect: impl AsyncFnOnce(ClientOptions) -> anyhow::Result<(Client, Notifications)>,
    ) -> anyhow::Result<Self> {
        let (asker, asks) = Asker::new();
        let (client, notifications) = connect(ClientOptions { handler: Arc::new(asker), ..options }).await?;
        let (interrupted, interrupts) = mpsc::channel(1);
        tokio::spawn(pass_on(interrupted));
        Ok(Self { client, notifications, asks, desk: Desk::new(attendance), screen, interrupts })
    }

    /// Starts a thread.
    pub(super) async fn start(&self, params: ThreadStartParams) -> anyhow::Result<ThreadStartResponse> {
        self.client.call::<methods::ThreadStart>(params).await.context("the thread could not be started")
    }

    /// Gets into a thread that is there.
    pub(super) async fn resume(&self, params: ThreadResumeParams) -> anyhow::Result<ThreadResumeResponse> {
        self.client.call::<methods::ThreadResume>(params).await.context("the thread could not be resumed")
    }

    /// Gets into a thread behind a cursor, on a server that has granted it.
    pub(super) async fn replay(&self, params: ThreadReplayParams) -> anyhow::Result<ThreadReplayResponse> {
        self.client.call::<methods::ThreadReplay>(params).await.context("what was missed cannot be replayed")
    }

    /// What the person sees.
    pub(super) fn screen(&mut self) -> &mut Screen {
        &mut self.screen
    }

    /// Runs a turn to its end; Ctrl-C interrupts it.
    pub(super) async fn turn(&mut self, thread: &str, prompt: &str) -> anyhow::Result<TurnStatus> {
        self.screen.prompt(prompt);
        let input = vec![UserInput::Text { text: prompt.to_owned(), text_elements: Vec::new() }];
        let params = TurnStartParams { thread_id: thread.to_owned(), input, ..Default::default() };
        let turn = self.client.call::<methods::TurnStart>(params).await.context("the turn could not be started")?.turn;
        let followed = Followed { turn: Some(turn.id), until_idle: true, interrupts: Some(thread) };
        self.follow(followed).await?.context("the turn has not ended")
    }

    /// Shows what happens in the thread: the rest of a turn that runs already, and those behind it. Ends when no turn runs,
    /// and then tells how the last one ended, or with Ctrl-C, which leaves the turn alone.
    pub(super) async fn watch(
        &mut self,
        running: Option<&Turn>,
        until_idle: bool,
    ) -> anyhow::Result<Option<TurnStatus>> {
        self.follow(Followed { turn: running.map(|turn| turn.id.clone()), until_idle, interrupts: None }).await
    }

    /// Shows what a replay brings, and the turn that runs to its end; tells how the last one ended, or nothing after Ctrl-C.
    pub(super) async fn catch_up_with(&mut self, thread: &str) -> anyhow::Result<Option<TurnStatus>> {
        // It is answered behind all that was missed.
        let params = ThreadReadParams { thread_id: thread.to_owned(), include_turns: true };
        let read = self.client.call::<methods::ThreadRead>(params).await.context("the thread could not be read")?;
        let last = read.thread.turns.last();
        let mut followed = Followed { turn: last.map(|turn| turn.id.clone()), until_idle: true, interrupts: None };
        match last.map(|turn| turn.status) {
            Some(TurnStatus::InProgress) => self.follow(followed).await,
            _ => match self.catch_up(&mut followed) {
                None => bail!("no turn runs in thread {thread}, and nothing of its last one was missed"),
                ended => Ok(ended),
            },
        }
    }

    /// Shows what happens until that is over; tells how the last turn ended.
    async fn follow(&mut self, mut followed: Followed<'_>) -> anyhow::Result<Option<TurnStatus>> {
        let mut last = None;
        let mut is_interrupted = false;
        while !followed.is_over() {
            match self.next().await {
                Event::Notice(None) if followed.turn.is_some() => bail!("the server went away before the turn ended"),
                Event::Notice(None) => bail!("the server went away"),
                Event::Notice(Some(notice)) => last = self.see(&mut followed, &notice).or(last),
                Event::Ask(ask) => {
                    // What it is about was told before it was asked.
                    last = self.catch_up(&mut followed).or(last);
                    if !followed.is_over() {
                        self.desk.put(ask, &mut self.screen);
                    }
                }
                Event::Answering(answering) => self.desk.go_on(answering, &mut self.screen),
                Event::Interrupt if is_interrupted => bail!(GIVEN_UP),
                Event::Interrupt => {
                    let (Some(thread), Some(turn)) = (followed.interrupts, &followed.turn) else { break };
                    is_interrupted = true;
                    self.interrupt(thread, turn).await?;
                }
            }
            if self.notifications.waiting() == 0 {
                self.desk.remind(&mut self.screen);
            }
        }
        Ok(last)
    }

    /// Asks the server to interrupt a turn; a second Ctrl-C does not wait for the answer.
    async fn interrupt(&mut self, thread: &str, turn: &str) -> anyhow::Result<()> {
        let params = TurnInterruptParams { thread_id: thread.to_owned(), turn_id: turn.to_owned() };
        tokio::select! {
            asked = self.client.call::<methods::TurnInterrupt>(params) => {
                if let Err(error) = asked {
                    self.screen.report(&format!("the turn cannot be interrupted: {error}"));
                }
                Ok(())
            }
            Some(()) = self.interrupts.recv() => bail!(GIVEN_UP),
        }
    }

    async fn next(&mut self) -> Event {
        let is_free = self.desk.is_free();
        tokio::select! {
            notice = self.notifications.next() => Event::Notice(notice),
            Some(ask) = self.asks.recv(), if is_free => Event::Ask(ask),
            answering = self.desk.answering() => Event::Answering(answering),
            Some(()) = self.interrupts.recv() => Event::Interrupt,
        }
    }

    /// Shows what has come, as long as it is followed; how the last turn ended that did.
    fn catch_up(&mut self, followed: &mut Followed<'_>) -> Option<TurnStatus> {
        let mut last = None;
        for _ in 0..self.notifications.waiting() {
            if followed.is_over() {
                break;
            }
            let Some(notice) = self.notifications.try_next() else { break };
            last = self.see(followed, &notice).or(last);
        }
        last
    }

    /// Shows a notification; the status of the turn that it ends.
    fn see(&mut self, followed: &mut Followed<'_>, notice: &Notice) -> Option<TurnStatus> {
        let ended = self.screen.show(followed.turn.as_deref().unwrap_or_default(), notice);
        if ended.is_some() {
            followed.turn = None;
            self.desk.clear();
        } else if followed.turn.is_none()
            && let Some(ServerNotification::TurnStarted(started)) = notice.body()
        {
            followed.turn = Some(started.turn.id.clone());
        }
        ended
    }

    /// Ends the connection.
    pub(super) async fn close(self) -> anyhow::Result<()> {
        // Notifications that nobody takes must not keep the reader from the end.
        drop(self.notifications);
        Ok(self.client.close().await?)
    }
}

/// Passes signals on for as long as somebody listens. One that comes while another waits says nothing new.
async fn pass_on(interrupted: mpsc::Sender<()>) {
    let mut signals = Signals::listen();
    loop {
        tokio::select! {
            () = interrupted.closed() => return,
            () = signals.next() => drop(interrupted.try_send(())),
        }
    }
}

#[cfg(test)]
mod tests;
