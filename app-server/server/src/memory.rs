//! Memory that was needed for work goes back to the system when the server has come to rest.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

use crate::app::App;

/// For how long no turn runs, begins or ends, and no connection ends, at rest.
const REST: Duration = Duration::from_secs(5);

/// Gives memory back at every rest; never ends by itself.
pub(crate) async fn give_back_at_rest(app: Arc<App>) {
    let turns = app.engine.watch_turns();
    at_rest(turns, app.connections.left(), async || {
        // It takes the allocator's locks, and some milliseconds.
        if tokio::task::spawn_blocking(codex_utils_memory::give_back).await.is_err() {
            tracing::error!("memory could not be given back");
        }
    })
    .await;
}

/// Calls back once after each time of work; returns when the turns are watched no longer.
async fn at_rest(mut turns: watch::Receiver<usize>, left: &Notify, mut rested: impl AsyncFnMut()) {
    loop {
        if !something(&mut turns, left).await {
            return;
        }
        loop {
            match timeout(REST, something(&mut turns, left)).await {
                Ok(false) => return,
                Err(_) if *turns.borrow() == 0 => break,
                Ok(true) | Err(_) => {}
            }
        }
        rested().await;
    }
}

/// Waits until something happens; false when nothing will any more.
async fn something(turns: &mut watch::Receiver<usize>, left: &Notify) -> bool {
    tokio::select! {
        changed = turns.changed() => changed.is_ok(),
        () = left.notified() => true,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::time::{Instant, sleep};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn once_after_work_and_never_beside_it() {
        let (running, left, rests) = (watch::Sender::new(0), Notify::new(), AtomicUsize::new(0));
        let turns = running.subscribe();
        let watching = at_rest(turns, &left, async || {
            rests.fetch_add(1, Ordering::Relaxed);
        });
        let working = async {
            let rested = || rests.load(Ordering::Relaxed);
            sleep(REST * 10).await;
            assert_eq!(rested(), 0, "nothing was done");
            running.send_modify(|running| *running += 1);
            sleep(REST * 10).await;
            assert_eq!(rested(), 0, "a turn runs");
            running.send_modify(|running| *running -= 1);
            for _ in 0..3 {
                sleep(REST / 2).await;
                assert_eq!(rested(), 0, "connections still end");
                left.notify_one();
            }
            let began = Instant::now();
            sleep(REST + Duration::from_millis(1)).await;
            assert_eq!((rested(), began.elapsed() < REST * 2), (1, true));
            sleep(REST * 10).await;
            assert_eq!(rested(), 1, "nothing more was done");
            left.notify_one();
            sleep(REST * 2).await;
            assert_eq!(rested(), 2);
            drop(running);
        };
        tokio::join!(watching, working);
    }
}
