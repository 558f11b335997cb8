//! Lines that a person types, each for the question that is open when it is typed.

use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// Reads lines on a thread of its own, begun with the first question. The thread is never waited for: nothing can wake it
/// from its read, and the process must be able to end.
pub(in crate::cli) struct Keyboard {
    source: Option<Box<dyn Read + Send>>,
    waiting: Arc<Mutex<Waiting>>,
    /// It is the terminal of the process, which may hold what was typed before the question.
    terminal: bool,
}

/// Who gets the next line.
enum Waiting {
    /// Nobody: what is typed now answers no question.
    Nobody,
    Question(oneshot::Sender<String>),
    /// No line can come any more.
    Ended,
}

/// A line that is to be typed.
pub(super) struct Line {
    typed: oneshot::Receiver<String>,
    _echo: Option<echo::Off>,
}

impl Keyboard {
    /// The terminal of the process.
    pub(in crate::cli) fn of_process() -> Self {
        Self { terminal: true, ..Self::new(std::io::stdin()) }
    }

    pub(in crate::cli) fn new(source: impl Read + Send + 'static) -> Self {
        Self { source: Some(Box::new(source)), waiting: Arc::new(Mutex::new(Waiting::Nobody)), terminal: false }
    }

    /// Forgets what was typed before, which was not meant for the question that comes.
    pub(super) fn forget(&self) {
        if self.terminal {
            echo::flush();
        }
    }

    /// Takes the next line, for this question alone: one that is dropped lets a later line go to nobody. `hidden` keeps the
    /// terminal from showing what is typed.
    pub(super) fn line(&mut self, hidden: bool) -> Line {
        let (sender, typed) = oneshot::channel();
        {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if !matches!(*waiting, Waiting::Ended) {
                *waiting = Waiting::Question(sender);
            }
        }
        if let Some(source) = self.source.take() {
            let waiting = Arc::clone(&self.waiting);
            let reading = std::thread::Builder::new().name("keyboard".to_owned()).spawn(move || read(source, &waiting));
            if let Err(error) = reading {
                tracing::warn!(%error, "nothing can be read from the terminal");
                *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Waiting::Ended;
            }
        }
        Line { typed, _echo: (hidden && self.terminal).then(echo::Off::new).flatten() }
    }
}

impl Line {
    /// The line without its end; `None` when no line can come any more. A future that is dropped loses nothing.
    pub(super) async fn typed(&mut self) -> Option<String> {
        (&mut self.typed).await.ok()
    }
}

/// Hands out lines until the source ends.
fn read(source: Box<dyn Read + Send>, waiting: &Mutex<Waiting>) {
    let mut source = BufReader::new(source);
    let mut line = Vec::new();
    loop {
        line.clear();
        let ended = !matches!(source.read_until(b'\n', &mut line), Ok(1..));
        let next = if ended { Waiting::Ended } else { Waiting::Nobody };
        let asked = std::mem::replace(&mut *waiting.lock().unwrap_or_else(PoisonError::into_inner), next);
        if ended {
            return;
        }
        if let Waiting::Question(sender) = asked {
            let text = String::from_utf8_lossy(&line);
            // The question may have been withdrawn.
            let _ = sender.send(text.trim_end_matches(['\n', '\r']).to_owned());
        }
    }
}

#[cfg(unix)]
mod echo {
    //! What the terminal itself does with what is typed.

    use rustix::termios::{LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};

    /// Drops what was typed and not read yet, an unfinished line included.
    pub(super) fn flush() {
        // It fails where there is no terminal, and then nothing waits.
        let _ = tcflush(std::io::stdin(), QueueSelector::IFlush);
    }

    /// The terminal does not show what is typed until this is dropped.
    pub(super) struct Off(Termios);

    impl Off {
        /// `None` where it cannot be switched off.
        pub(super) fn new() -> Option<Self> {
            let before = tcgetattr(std::io::stdin()).ok()?;
            let mut quiet = before.clone();
            quiet.local_modes.remove(LocalModes::ECHO);
            tcsetattr(std::io::stdin(), OptionalActions::Now, &quiet).ok()?;
            Some(Self(before))
        }
    }

    impl Drop for Off {
        fn drop(&mut self) {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
        }
    }
}

#[cfg(not(unix))]
mod echo {
    //! Terminals of other systems are left as they are.

    pub(super) fn flush() {}

    pub(super) struct Off;

    impl Off {
        pub(super) fn new() -> Option<Self> {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[tokio::test]
    async fn a_line_answers_the_question_that_is_open() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let mut keyboard = Keyboard::new(reader);
        let mut first = keyboard.line(false);
        writer.write_all(b"yes\r\n").unwrap();
        assert_eq!(first.typed().await.as_deref(), Some("yes"));
        // Withdrawn, and the next question takes its place.
        drop(keyboard.line(false));
        let mut second = keyboard.line(true);
        writer.write_all(b"n\xffo\n").unwrap();
        assert_eq!(second.typed().await.as_deref(), Some("n\u{fffd}o"));
    }

    #[tokio::test]
    async fn what_nobody_asked_for_goes_to_nobody() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let mut keyboard = Keyboard::new(reader);
        let withdrawn = keyboard.line(false);
        drop(withdrawn);
        writer.write_all(b"stale\n").unwrap();
        // The thread has taken the line for the withdrawn question before it reads on.
        while matches!(*keyboard.waiting.lock().unwrap(), Waiting::Question(_)) {
            tokio::task::yield_now().await;
        }
        let mut line = keyboard.line(false);
        writer.write_all(b"fresh\n").unwrap();
        assert_eq!(line.typed().await.as_deref(), Some("fresh"));
    }

    #[tokio::test]
    async fn after_the_end_there_is_no_line() {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let mut keyboard = Keyboard::new(reader);
        let mut line = keyboard.line(false);
        writer.write_all(b"last").unwrap();
        drop(writer);
        assert_eq!(line.typed().await.as_deref(), Some("last"));
        assert_eq!(keyboard.line(false).typed().await, None);
        assert_eq!(keyboard.line(false).typed().await, None);
    }
}
