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

    /// Runs a turn to its end.
    pub(super) async fn turn(&mut self, thread: &str, prompt: &str) -> anyhow::Result<TurnStatus> {
        self.screen.prompt(prompt);
        let input = vec![UserInput::Text { text: prompt.to_owned(), text_elements: Vec::new() }];
        let params = TurnStartParams { thread_id: thread.to_owned(), input, ..Default::default() };
        let turn = self.client.call::<methods::TurnStart>(params).await.context("the turn could not be started")?.turn;
        let mut is_interrupted = false;
        let status = loop {
            match self.next().await {
                Event::Notice(None) => bail!("the server went away before the turn ended"),
                Event::Notice(Some(notice)) => {
                    if let Some(status) = self.screen.show(&turn.id, &notice) {
                        break status;
                    }
                }
                Event::Ask(ask) => {
                    // What it is about was told before it was asked.
                    if let Some(status) = self.catch_up(&turn.id) {
                        break status;
                    }
                    self.desk.put(ask, &mut self.screen);
                }
                Event::Answering(answering) => self.desk.go_on(answering, &mut self.screen),
                Event::Interrupt if is_interrupted => bail!("given up before the turn had ended"),
                Event::Interrupt => {
                    is_interrupted = true;
                    let params = TurnInterruptParams { thread_id: thread.to_owned(), turn_id: turn.id.clone() };
                    if let Err(error) = self.client.call::<methods::TurnInterrupt>(params).await {
                        self.screen.report(&format!("the turn cannot be interrupted: {error}"));
                    }
                }
            }
            if self.notifications.waiting() == 0 {
                self.desk.remind(&mut self.screen);
            }
        };
        self.desk.clear();
        Ok(status)
    }

    /// Shows what happens in the thread: the rest of a turn that runs already, and those behind it. Ends with
    /// Ctrl-C, which leaves the turn alone, or when no turn runs; returns how the last one ended.
    pub(super) async fn watch(
        &mut self,
        running: Option<&Turn>,
        until_idle: bool,
    ) -> anyhow::Result<Option<TurnStatus>> {
        self.go_on(running.map(|turn| turn.id.clone()), until_idle).await
    }

    /// Shows what a replay brings, and the turn that runs to its end; returns how the last one ended.
    pub(super) async fn catch_up_with(&mut self, thread: &str) -> anyhow::Result<Option<TurnStatus>> {
        // It is answered behind all that was missed.
        let params = ThreadReadParams { thread_id: thread.to_owned(), include_turns: true };
        let read = self.client.call::<methods::ThreadRead>(params).await.context("the thread could not be read")?;
        let Some(last) = read.thread.turns.last() else { return Ok(None) };
        match last.status {
            TurnStatus::InProgress => self.go_on(Some(last.id.clone()), true).await,
            _ => Ok(self.catch_up(&last.id)),
        }
    }

    async fn go_on(&mut self, mut turn: Option<String>, until_idle: bool) -> anyhow::Result<Option<TurnStatus>> {
        let mut last = None;
        while turn.is_some() || !until_idle {
            let id = turn.as_deref().unwrap_or_default();
            let mut ended = None;
            match self.next().await {
                Event::Notice(None) => bail!("the server went away"),
                Event::Notice(Some(notice)) => {
                    ended = self.screen.show(id, &notice);
                    if let Some(ServerNotification::TurnStarted(started)) = notice.body() {
                        turn = Some(started.turn.id.clone());
                    }
                }
                Event::Ask(ask) => {
                    // What it is about was told before it was asked.
                    ended = self.catch_up(id);
                    self.desk.put(ask, &mut self.screen);
                }
                Event::Answering(answering) => self.desk.go_on(answering, &mut self.screen),
                Event::Interrupt => break,
            }
            if ended.is_some() {
                self.desk.clear();
                (turn, last) = (None, ended);
            }
            if self.notifications.waiting() == 0 {
                self.desk.remind(&mut self.screen);
            }
        }
        Ok(last)
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

    /// Shows what has come; the turn's status when it ended meanwhile.
    fn catch_up(&mut self, turn: &str) -> Option<TurnStatus> {
        for _ in 0..self.notifications.waiting() {
            let notice = self.notifications.try_next()?;
            if let Some(status) = self.screen.show(turn, &notice) {
                return Some(status);
            }
        }
        None
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
