//! Which sessions there are, and which one makes room for a new one.

use std::collections::HashMap;
use std::sync::Arc;

use super::{MAX_SESSIONS, Random, Session};

/// The sessions used last never make room.
const PROTECTED: usize = 8;

/// The sessions of a thread by id.
pub(super) struct Table<T> {
    entries: HashMap<i32, Entry<T>>,
    // Counts uses, so that the order of uses is known.
    uses: u64,
}

struct Entry<T> {
    session: Arc<Session<T>>,
    used: u64,
}

impl<T> Table<T> {
    pub(super) fn new() -> Self {
        Self { entries: HashMap::new(), uses: 0 }
    }

    /// An id of four or five digits that no session has.
    pub(super) fn free_id(&self, random: &Random) -> i32 {
        // Far more ids than sessions, so this ends at once; counting up ends it even if the numbers are not random.
        let mut number = random();
        loop {
            let id = 1000 + (number % 99_000) as i32;
            if !self.entries.contains_key(&id) {
                return id;
            }
            number = number.wrapping_add(1);
        }
    }

    /// Adds a session; tells which one makes room for it.
    pub(super) fn insert(&mut self, session: Arc<Session<T>>) -> Option<Arc<Session<T>>> {
        let evicted = if self.entries.len() < MAX_SESSIONS { None } else { self.least_needed() };
        let evicted = evicted.and_then(|id| self.entries.remove(&id));
        self.uses += 1;
        self.entries.insert(session.info.id, Entry { session, used: self.uses });
        evicted.map(|entry| entry.session)
    }

    /// One that has ended, else the one not used for longest.
    fn least_needed(&self) -> Option<i32> {
        let mut by_use: Vec<_> = self.entries.iter().map(|(id, entry)| (entry.used, *id, &entry.session)).collect();
        by_use.sort_unstable_by_key(|(used, ..)| *used);
        by_use.truncate(by_use.len().saturating_sub(PROTECTED));
        let ended = by_use.iter().find(|(_, _, session)| session.shared.has_ended());
        ended.or(by_use.first()).map(|(_, id, _)| *id)
    }

    pub(super) fn get(&self, id: i32) -> Option<Arc<Session<T>>> {
        self.entries.get(&id).map(|entry| Arc::clone(&entry.session))
    }

    /// The session with an id, which counts as used now.
    pub(super) fn use_session(&mut self, id: i32) -> Option<Arc<Session<T>>> {
        self.uses += 1;
        let entry = self.entries.get_mut(&id)?;
        entry.used = self.uses;
        Some(Arc::clone(&entry.session))
    }

    /// Takes a session out, unless it is out already or its id belongs to another one by now.
    pub(super) fn remove(&mut self, session: &Arc<Session<T>>) -> bool {
        let id = session.info.id;
        let there = self.entries.get(&id).is_some_and(|entry| Arc::ptr_eq(&entry.session, session));
        if there {
            self.entries.remove(&id);
        }
        there
    }

    pub(super) fn remove_all(&mut self) -> Vec<Arc<Session<T>>> {
        self.entries.drain().map(|(_, entry)| entry.session).collect()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Arc<Session<T>>> {
        self.entries.values().map(|entry| &entry.session)
    }
}
