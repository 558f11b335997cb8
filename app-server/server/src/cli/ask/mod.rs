//! Requests of the server that a person answers in the terminal: approvals and questions.
//!
//! The handler of the client only hands them over: one loop owns the terminal, so that a question follows what it is about
//! and there is one at a time.

mod dialogue;
mod keyboard;
mod requests;
#[cfg(test)]
mod tests;

use codex_app_server_client::{RefuseRequests, ServerRequestHandler};
use codex_app_server_protocol::{RpcError, ServerRequest};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use dialogue::Questions;
use dialogue::{Dialogue, Reply, Step};
pub(super) use keyboard::Keyboard;
use keyboard::Line;

use super::show::Screen;

/// Requests that may wait for the terminal; what comes beyond waits with the server.
const WAITING_LIMIT: usize = 16;

/// A request that is to be answered.
#[derive(Debug)]
pub(super) struct Ask {
    dialogue: Dialogue,
    /// Closed once the request was resolved in another way.
    reply: oneshot::Sender<Reply>,
}

/// Hands the requests of the server to the terminal.
#[derive(Debug)]
pub(super) struct Asker {
    terminal: mpsc::Sender<Ask>,
}

impl Asker {
    /// The handler, and where its requests come out.
    pub(super) fn new() -> (Self, mpsc::Receiver<Ask>) {
        let (terminal, asks) = mpsc::channel(WAITING_LIMIT);
        (Self { terminal }, asks)
    }
}

/// What a person is asked by a request; `None` for those that are nothing for people.
fn dialogue_of(request: &ServerRequest) -> Option<Result<Dialogue, RpcError>> {
    let choice = match request {
        ServerRequest::ItemCommandExecutionRequestApproval(params) => requests::command(params),
        ServerRequest::ItemFileChangeRequestApproval(params) => requests::file_change(params),
        ServerRequest::ItemPermissionsRequestApproval(params) => requests::permissions(params),
        ServerRequest::ItemToolRequestUserInput(params) => {
            return Some(Ok(Dialogue::Questions(Questions::new(params.clone()))));
        }
        _ => return None,
    };
    Some(choice.map(Dialogue::Choice))
}

impl ServerRequestHandler for Asker {
    fn handle(&self, request: ServerRequest) -> BoxFuture<'_, Reply> {
        const REFUSE: &RefuseRequests = &RefuseRequests;
        let Some(dialogue) = dialogue_of(&request) else { return REFUSE.handle(request) };
        async move {
            let (reply, answered) = oneshot::channel();
            let gone = || RpcError::internal("the terminal that would be asked is gone");
            self.terminal.send(Ask { dialogue: dialogue?, reply }).await.map_err(|_| gone())?;
            answered.await.map_err(|_| gone())?
        }
        .boxed()
    }
}

/// How requests are answered.
pub(super) struct Attendance {
    /// What is asked for is accepted unasked.
    pub(super) accept: bool,
    /// The person's; `None` when there is nobody to ask.
    pub(super) keyboard: Option<Keyboard>,
    /// Told with what is declined for that: which options help.
    pub(super) hint: &'static str,
}

/// A question that a person has before them.
struct Open {
    dialogue: Dialogue,
    reply: oneshot::Sender<Reply>,
    line: Line,
}

/// What becomes of an open question.
pub(super) enum Answering {
    /// The person has typed this; `None`: they cannot type any more.
    Typed(Option<String>),
    /// It was resolved in another way.
    Withdrawn,
}

/// The questions on a screen, one at a time.
pub(super) struct Desk {
    attendance: Attendance,
    open: Option<Open>,
}

impl Desk {
    pub(super) fn new(attendance: Attendance) -> Self {
        Self { attendance, open: None }
    }

    /// Whether the next question may be put.
    pub(super) fn is_free(&self) -> bool {
        self.open.is_none()
    }

    /// Puts a question to the person, or answers it when there is nobody to ask.
    pub(super) fn put(&mut self, ask: Ask, screen: &mut Screen) {
        let Ask { dialogue, reply } = ask;
        if reply.is_closed() {
            return;
        }
        let is_settled = self.attendance.accept && matches!(dialogue, Dialogue::Choice(_));
        let Some(keyboard) = self.attendance.keyboard.as_mut().filter(|_| !is_settled) else {
            let (answer, told) = dialogue.unattended(self.attendance.accept, self.attendance.hint);
            screen.report(&told);
            // It may have been resolved in this moment.
            let _ = reply.send(answer);
            return;
        };
        keyboard.forget();
        screen.question(&dialogue.about());
        screen.ask(&dialogue.prompt());
        let line = keyboard.line(dialogue.is_hidden());
        self.open = Some(Open { dialogue, reply, line });
    }

    /// Waits for the person, or for another way in which the question ends; for ever when none is open. A future that is
    /// dropped loses nothing.
    pub(super) async fn answering(&mut self) -> Answering {
        let Some(open) = &mut self.open else { return std::future::pending().await };
        tokio::select! {
            biased;
            () = open.reply.closed() => Answering::Withdrawn,
            line = open.line.typed() => Answering::Typed(line),
        }
    }

    /// Goes on with what became of the open question.
    pub(super) fn go_on(&mut self, answering: Answering, screen: &mut Screen) {
        let (Some(mut open), Some(keyboard)) = (self.open.take(), self.attendance.keyboard.as_mut()) else { return };
        let typed = match answering {
            Answering::Typed(typed) => typed,
            Answering::Withdrawn => {
                screen.report("(no answer needed any more)");
                return;
            }
        };
        screen.answered(typed.is_some() && !open.dialogue.is_hidden());
        match open.dialogue.take(typed.as_deref()) {
            Step::Again(hint) => screen.report(&hint),
            Step::Next => screen.question(&open.dialogue.about()),
            Step::Done(reply) => {
                // It may have been resolved in this moment.
                let _ = open.reply.send(reply);
                return;
            }
        }
        screen.ask(&open.dialogue.prompt());
        open.line = keyboard.line(open.dialogue.is_hidden());
        self.open = Some(open);
    }

    /// Shows again where the person answers, after something else was shown.
    pub(super) fn remind(&self, screen: &mut Screen) {
        if let Some(open) = &self.open
            && !screen.is_asking()
        {
            screen.ask(&open.dialogue.prompt());
        }
    }

    /// Nothing is asked any more.
    pub(super) fn clear(&mut self) {
        self.open = None;
    }
}
