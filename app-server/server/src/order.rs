//! The order of requests that belong together: those of one scope enter as they arrived, neighbouring reads together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use codex_app_server_protocol::{Access, Scope, ScopeKey};
use codex_utils_metrics::REQUESTS_QUEUED;
use tokio::sync::{OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

/// The gates of all scopes in use.
///
/// A gate is tokio's `RwLock`, which is fair: waiting requests enter in the order in which they first asked, and readers
/// that stand behind a waiting writer wait for it. It guards no data; it is held while a request enters, not while the
/// work it started goes on.
#[derive(Debug, Default)]
pub(crate) struct Order {
    gates: Mutex<HashMap<ScopeKey, Arc<RwLock<()>>>>,
}

/// Held while a request enters its scope.
#[derive(Debug)]
pub(crate) struct Entered<'a> {
    order: &'a Order,
    key: ScopeKey,
    guard: Option<Guard>,
}

#[derive(Debug)]
enum Guard {
    Read { _guard: OwnedRwLockReadGuard<()> },
    Write { _guard: OwnedRwLockWriteGuard<()> },
}

impl Order {
    /// Waits for the request's turn. The first poll takes its place in the queue.
    pub(crate) async fn enter(&self, scope: Scope) -> Entered<'_> {
        // It tidies up behind a request that is given up while it waits, too.
        let mut entered = Entered { order: self, key: scope.key, guard: None };
        let gate = {
            let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
            gates.entry(entered.key.clone()).or_default().clone()
        };
        let queued = REQUESTS_QUEUED.hold();
        entered.guard = Some(match scope.access {
            Access::Read => Guard::Read { _guard: gate.read_owned().await },
            Access::Write => Guard::Write { _guard: gate.write_owned().await },
        });
        drop(queued);
        entered
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.guard = None;
        let mut gates = self.order.gates.lock().unwrap_or_else(PoisonError::into_inner);
        // Waiting requests hold the gate too; the last one out removes it.
        if gates.get(&self.key).is_some_and(|gate| Arc::strong_count(gate) == 1) {
            gates.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    fn scope(access: Access) -> Scope {
        Scope { key: ScopeKey::Thread("t".to_owned()), access }
    }

    #[tokio::test]
    async fn writes_wait_for_each_other_and_reads_go_together() {
        let order = Order::default();
        let first = order.enter(scope(Access::Read)).await;
        let second = order.enter(scope(Access::Read)).now_or_never().expect("reads go together");
        let mut write = Box::pin(order.enter(scope(Access::Write)));
        assert!((&mut write).now_or_never().is_none(), "a write waits for reads");
        let mut late_read = Box::pin(order.enter(scope(Access::Read)));
        assert!((&mut late_read).now_or_never().is_none(), "a read behind a write keeps its place");
        drop((first, second));
        let write = write.await;
        assert!((&mut late_read).now_or_never().is_none());
        drop(write);
        drop(late_read.await);
        assert!(order.gates.lock().unwrap().is_empty(), "unused gates are removed");
    }

    #[tokio::test]
    async fn who_is_given_up_while_waiting_leaves_no_gate_behind() {
        let order = Order::default();
        let held = order.enter(scope(Access::Write)).await;
        let mut waiting = Box::pin(order.enter(scope(Access::Write)));
        assert!((&mut waiting).now_or_never().is_none());
        drop(held);
        drop(waiting);
        assert!(order.gates.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn scopes_do_not_wait_for_each_other() {
        let order = Order::default();
        let _held = order.enter(scope(Access::Write)).await;
        let other = Scope { key: ScopeKey::Thread("other".to_owned()), access: Access::Write };
        assert!(order.enter(other).now_or_never().is_some());
    }
}
