//! Who has which commands.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::run::Handles;
use super::{CommandProblem, Family};

/// What a command is called with its owner.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Named(Family, String),
    Unnamed(u64),
}

/// Commands by owner and name. A slot is empty while its command is being started, and again once it ended.
#[derive(Debug)]
pub(super) struct Table<O> {
    slots: Mutex<Slots<O>>,
}

#[derive(Debug)]
struct Slots<O> {
    by_key: HashMap<(O, Key), Slot>,
    unnamed: u64,
}

#[derive(Debug)]
struct Slot {
    handles: watch::Sender<Option<Arc<Handles>>>,
    // Whether its owner left while it was being started.
    ended: bool,
}

impl<O> Default for Table<O> {
    fn default() -> Self {
        Self { slots: Mutex::new(Slots { by_key: HashMap::new(), unnamed: 0 }) }
    }
}

impl<O: Clone + Eq + Hash> Table<O> {
    pub(super) fn find(&self, owner: &O, key: &Key) -> Option<watch::Receiver<Option<Arc<Handles>>>> {
        self.lock().by_key.get(&(owner.clone(), key.clone())).map(|slot| slot.handles.subscribe())
    }

    pub(super) fn end(&self, owner: &O) {
        for ((of, _), slot) in &mut self.lock().by_key {
            if of == owner {
                slot.ended = true;
                slot.stop();
            }
        }
    }

    pub(super) fn count(&self, owner: &O) -> usize {
        self.lock().by_key.keys().filter(|(of, _)| of == owner).count()
    }
}

impl<O> Table<O> {
    fn lock(&self) -> MutexGuard<'_, Slots<O>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn stop(&self) {
        if let Some(handles) = &*self.handles.borrow() {
            handles.stop.send_replace(true);
        }
    }
}

/// A command's place in the table, given back when dropped.
#[derive(Debug)]
pub(super) struct Place<O: Eq + Hash> {
    table: Arc<Table<O>>,
    key: (O, Key),
}

impl<O: Clone + Eq + Hash> Place<O> {
    /// Takes the place of a name, or one without a name.
    pub(super) fn take(
        table: &Arc<Table<O>>,
        owner: O,
        family: Family,
        id: Option<String>,
    ) -> Result<Self, CommandProblem> {
        let mut slots = table.lock();
        let key = match id {
            Some(id) if slots.by_key.contains_key(&(owner.clone(), Key::Named(family, id.clone()))) => {
                return Err(CommandProblem::Duplicate(id));
            }
            Some(id) => Key::Named(family, id),
            None => {
                slots.unnamed += 1;
                Key::Unnamed(slots.unnamed)
            }
        };
        let key = (owner, key);
        slots.by_key.insert(key.clone(), Slot { handles: watch::Sender::new(None), ended: false });
        drop(slots);
        Ok(Self { table: Arc::clone(table), key })
    }

    /// The command has started.
    pub(super) fn ready(&self, handles: Handles) {
        if let Some(slot) = self.table.lock().by_key.get(&self.key) {
            slot.handles.send_replace(Some(Arc::new(handles)));
            if slot.ended {
                slot.stop();
            }
        }
    }
}

impl<O: Eq + Hash> Drop for Place<O> {
    fn drop(&mut self) {
        if let Some(slot) = self.table.lock().by_key.remove(&self.key) {
            slot.handles.send_replace(None);
        }
    }
}
