//! The turns of one thread on the terminal: what the server tells is shown, what it asks is asked.

use std::sync::Arc;

use anyhow::{Context, bail};
use codex_app_server_client::{Client, ClientOptions, Connection, Notice, Notifications};
use codex_app_server_protocol::methods;
use codex_app_server_protocol::v2::{
    ThreadStartParams, ThreadStartResponse, TurnInterruptParams, TurnStartParams, TurnStatus, UserInput,
};
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
        let (asker, asks) = Asker::new();
        let options = ClientOptions { handler: Arc::new(asker), ..options };
        let (client, notifications, _) = Client::connect(connection, options).await?;
        let (interrupted, interrupts) = mpsc::channel(1);
        tokio::spawn(pass_on(interrupted));
        Ok(Self { client, notifications, asks, desk: Desk::new(attendance), screen, interrupts })
    }

    /// Starts a thread.
    pub(super) async fn start(&self, params: ThreadStartParams) -> anyhow::Result<ThreadStartResponse> {
        self.client.call::<methods::ThreadStart>(params).await.context("the thread could not be started")
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
