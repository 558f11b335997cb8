//! The notifications of one thread as they stand on the wire, one a line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_app_server_client::Way;
use codex_app_server_protocol::envelope::{self, Inbound};

use crate::cli::wire_log::{Look, print_line};

/// Lines that are kept at most while the thread is not known; it is named by the next answer.
const HELD_LIMIT: usize = 4096;

/// Prints lines once it knows of which thread; until then it keeps them.
#[derive(Clone, Default)]
pub(super) struct Printer {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    thread: Option<String>,
    /// Notifications that came before the thread was known, each with its thread.
    held: Vec<(String, String)>,
}

impl Printer {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints this line, then what has come of the thread, and from now on whatever comes.
    pub(super) fn begin(&self, thread: &str, first: Option<&str>) {
        let mut state = self.state();
        state.thread = Some(thread.to_owned());
        let held = std::mem::take(&mut state.held);
        let held = held.iter().filter(|(its, _)| its == thread).map(|(_, line)| line.as_str());
        first.into_iter().chain(held).for_each(print_line);
    }

    /// What is given the messages.
    pub(super) fn look(&self) -> Look {
        let printer = self.clone();
        Box::new(move |way, line| {
            if way == Way::FromServer
                && let Some(thread) = thread_of(line)
            {
                printer.take(thread, line);
            }
        })
    }

    fn take(&self, thread: String, line: &str) {
        let mut state = self.state();
        match &state.thread {
            None if state.held.len() < HELD_LIMIT => state.held.push((thread, line.to_owned())),
            None => tracing::warn!("a notification came too early to be printed"),
            Some(wanted) if *wanted == thread => print_line(line),
            Some(_) => {}
        }
    }
}

/// The thread that a notification tells about.
fn thread_of(line: &str) -> Option<String> {
    let Ok(Inbound::Notification { params, .. }) = Inbound::parse(line.as_bytes()) else { return None };
    envelope::thread_of(params?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_notifications_that_name_a_thread_are_looked_at() {
        let of = |line: &str| thread_of(line);
        assert_eq!(of(r#"{"method":"turn/started","params":{"threadId":"t","turn":{}}}"#).as_deref(), Some("t"));
        assert_eq!(of(r#"{"method":"thread/started","params":{"thread":{"id":"t"}}}"#).as_deref(), Some("t"));
        assert_eq!(of(r#"{"method":"configWarning","params":{"summary":"s"}}"#), None);
        assert_eq!(of(r#"{"id":1,"result":{"threadId":"t"}}"#), None);
        assert_eq!(of(r#"{"id":1,"method":"item/tool/call","params":{"threadId":"t"}}"#), None);
    }
}
