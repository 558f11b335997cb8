//! What a connection tells before the client is back in its threads.

use std::collections::{HashMap, VecDeque};

use crate::Notice;
use crate::turn_stream::TURN_LIMIT;
use crate::updates::NOTICE_LIMIT;

/// Keeps notifications. What there is no room for is dropped and counted, but for the ends of turns: it takes whatever
/// comes, as the answers that it waits for come behind that.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// What was kept, in its order.
    pub(crate) notices: VecDeque<Notice>,
    /// How much was dropped behind that, by turn where it names one.
    pub(crate) dropped: HashMap<Option<String>, u64>,
    /// The ends of turns that came behind that.
    pub(crate) ends: VecDeque<Notice>,
}

impl Held {
    pub(crate) fn push(&mut self, notice: Notice) {
        if self.notices.len() < NOTICE_LIMIT {
            self.notices.push_back(notice);
            return;
        }
        if notice.ends_turn() && self.ends.len() < TURN_LIMIT {
            self.ends.push_back(notice);
            return;
        }
        let turn = notice.turn().map(|(_, turn)| turn.to_owned());
        let has_room = self.dropped.len() < TURN_LIMIT || self.dropped.contains_key(&turn);
        *self.dropped.entry(turn.filter(|_| has_room)).or_default() += 1;
    }
}
