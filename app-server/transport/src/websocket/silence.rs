//! Whether a silent peer is still there: it is pinged, and given up when it says nothing to that either.
//!
//! While bytes wait for the peer, how it takes those tells, and the writer gives it up if need be; a ping would only wait
//! behind them.

use std::pin::Pin;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};
use tokio_tungstenite::tungstenite::protocol::frame::Frame;

use crate::CloseReason;
use crate::outbound::Queue;

/// Watches one peer. The timer runs on while the peer is heard of, so that hearing of it costs a look at the clock.
pub(super) struct Silence {
    interval: Duration,
    heard: Instant,
    is_asked: bool,
    timer: Pin<Box<Sleep>>,
}

impl Silence {
    /// Counts from now; must be called within a runtime.
    pub(super) fn new(interval: Duration) -> Self {
        Self { interval, heard: Instant::now(), is_asked: false, timer: Box::pin(sleep(interval)) }
    }

    /// The peer has sent something.
    pub(super) fn broken(&mut self) {
        self.heard = Instant::now();
        self.is_asked = false;
    }

    /// Pings when it is time for it; ends when the peer is given up. May be cancelled without loss.
    pub(super) async fn too_long(&mut self, queue: &Queue) -> CloseReason {
        loop {
            self.timer.as_mut().await;
            let heard_until = self.heard + self.interval;
            let now = Instant::now();
            let next = if !self.is_asked && heard_until > now {
                heard_until
            } else if queue.queued_bytes() > 0 {
                now + self.interval
            } else if self.is_asked {
                return CloseReason::Unresponsive { after: self.interval };
            } else {
                self.is_asked = true;
                queue.push_control(ping());
                now + self.interval
            };
            self.timer.as_mut().reset(next);
        }
    }
}

fn ping() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to a vector does not fail.
    let _ = Frame::ping(Vec::new()).format(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::timeout;

    use super::*;
    use crate::outbound::{Entry, Taken};
    use crate::{OutboundLimits, Overflow};

    const INTERVAL: Duration = Duration::from_secs(30);

    fn watched() -> (Silence, Arc<Queue>) {
        (Silence::new(INTERVAL), Arc::new(Queue::new(OutboundLimits::default(), Overflow::Close)))
    }

    /// Takes what waits as a writer does that gets rid of it at once.
    fn written(queue: &Queue) -> usize {
        let mut batch = Vec::new();
        if queue.take(&mut batch) != Taken::Some {
            return 0;
        }
        for entry in &batch {
            assert!(matches!(entry, Entry::Control(bytes) if *bytes == [0x89, 0]), "a ping without words");
            queue.release(entry.weight());
        }
        batch.len()
    }

    async fn given_up(silence: &mut Silence, queue: &Queue, within: Duration) -> Option<CloseReason> {
        timeout(within, silence.too_long(queue)).await.ok()
    }

    #[tokio::test(start_paused = true)]
    async fn one_ping_and_then_the_end() {
        let (mut silence, queue) = watched();
        let almost = INTERVAL - Duration::from_millis(5);
        assert_eq!(given_up(&mut silence, &queue, almost).await, None);
        assert_eq!(written(&queue), 0);
        assert_eq!(given_up(&mut silence, &queue, Duration::from_millis(10)).await, None);
        assert_eq!(written(&queue), 1);
        assert_eq!(given_up(&mut silence, &queue, almost - Duration::from_millis(5)).await, None);
        let reason = given_up(&mut silence, &queue, Duration::from_millis(20)).await;
        assert_eq!(reason, Some(CloseReason::Unresponsive { after: INTERVAL }));
        assert_eq!(written(&queue), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_says_anything_stays() {
        let (mut silence, queue) = watched();
        for _ in 0..10 {
            assert_eq!(given_up(&mut silence, &queue, INTERVAL + Duration::from_secs(29)).await, None);
            assert_eq!(written(&queue), 1);
            silence.broken();
        }
        for _ in 0..10 {
            assert_eq!(given_up(&mut silence, &queue, Duration::from_secs(20)).await, None);
            silence.broken();
        }
        assert_eq!(written(&queue), 0, "nobody is pinged who is heard of");
    }

    #[tokio::test(start_paused = true)]
    async fn while_bytes_wait_the_writer_judges() {
        let (mut silence, queue) = watched();
        queue.push_line("something long".to_owned());
        assert_eq!(given_up(&mut silence, &queue, 10 * INTERVAL).await, None);
        let mut batch = Vec::new();
        assert_eq!(queue.take(&mut batch), Taken::Some);
        assert_eq!(batch.len(), 1, "no ping waits behind it");
        queue.release(batch[0].weight());
        assert_eq!(given_up(&mut silence, &queue, INTERVAL + Duration::from_secs(1)).await, None);
        assert_eq!(written(&queue), 1);
        assert!(given_up(&mut silence, &queue, INTERVAL).await.is_some());
    }
}
