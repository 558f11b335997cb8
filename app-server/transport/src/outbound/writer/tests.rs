//! What reaches a peer, in how many writes, and what happens when it does not read.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt;
use tokio::io::{AsyncReadExt, DuplexStream, duplex};

use codex_utils_metrics::CLIENTS_TOO_SLOW;

use super::super::samples::{delta, warning};
use super::*;
use crate::OutboundLimits;

/// Remembers each write.
#[derive(Default)]
struct Writes(Vec<Vec<u8>>);

impl AsyncWrite for Writes {
    fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.0.push(bytes.to_vec());
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

fn queue(overflow: Overflow) -> Arc<Queue> {
    Arc::new(Queue::new(OutboundLimits::default(), overflow))
}

async fn writes(queue: Arc<Queue>, framing: Framing) -> Vec<Vec<u8>> {
    queue.close(CloseReason::GoingAway);
    let mut writer = Writer::new(queue, Writes::default(), framing);
    assert!(writer.run().await);
    assert_eq!(writer.queue.queued_bytes(), 0);
    writer.sink.0
}

#[tokio::test]
async fn everything_that_waits_goes_out_in_one_write() {
    let queue = queue(Overflow::Wait);
    queue.push_line("answer".to_owned());
    let event = warning("t", 1, "w");
    queue.push_event(Arc::clone(&event));
    queue.push_line(String::new());
    let written = writes(queue, Framing::Lines).await;
    assert_eq!(written.len(), 1);
    assert_eq!(String::from_utf8(written.concat()).unwrap(), format!("answer\n{}\n\n", event.line()));
}

#[tokio::test]
async fn who_notes_places_gets_each_event_with_its_own() {
    for length in [1, GATHER_BYTES] {
        let queue = queue(Overflow::Wait);
        queue.cursors.store(true, Ordering::Relaxed);
        let event = warning("t", 7, &"w".repeat(length));
        queue.push_event(Arc::clone(&event));
        queue.push_line("next".to_owned());
        let written = String::from_utf8(writes(queue, Framing::Lines).await.concat()).unwrap();
        let line = event.line().strip_suffix('}').unwrap();
        assert_eq!(written, format!("{line},\"cursor\":\"7\"}}\nnext\n"));
    }
}

#[tokio::test]
async fn a_lot_goes_out_in_bounded_pieces_and_huge_messages_uncopied() {
    let queue = queue(Overflow::Wait);
    let huge = "h".repeat(3 * GATHER_BYTES);
    let mut expected = String::new();
    for line in (0..10_000).map(|number| format!("{number:0100}")).chain([huge.clone(), "end".to_owned()]) {
        expected.push_str(&line);
        expected.push('\n');
        queue.push_line(line);
    }
    let written = writes(queue, Framing::Lines).await;
    assert_eq!(String::from_utf8(written.concat()).unwrap(), expected);
    assert_eq!(written.iter().filter(|write| write.len() > GATHER_BYTES + 200).count(), 1);
    assert!(written.contains(&huge.into_bytes()));
    assert!(written.len() < 10, "{}", written.len());
}

#[tokio::test]
async fn each_message_is_one_text_frame() {
    let queue = queue(Overflow::Close);
    queue.push_line("x".repeat(125));
    queue.push_line("y".repeat(126));
    queue.push_control(vec![0x8a, 0]);
    queue.push_line("z".repeat(GATHER_BYTES));
    let written = writes(queue, Framing::WebSocket).await.concat();
    let mut expected = vec![0x81, 125];
    expected.extend(vec![b'x'; 125]);
    expected.extend([0x81, 126, 0, 126]);
    expected.extend(vec![b'y'; 126]);
    expected.extend([0x8a, 0]);
    expected.extend([0x81, 127, 0, 0, 0, 0, 0, 4, 0, 0]);
    expected.extend(vec![b'z'; GATHER_BYTES]);
    assert!(written == expected);
}

#[tokio::test]
async fn a_merged_delta_is_written_whole() {
    let queue = Arc::new(Queue::new(OutboundLimits { soft_bytes: 0, ..OutboundLimits::default() }, Overflow::Wait));
    for seq in 1..=3 {
        queue.push_event(delta("t", seq, "i", "ab"));
    }
    let written = writes(queue, Framing::Lines).await.concat();
    assert!(String::from_utf8(written).unwrap().contains(r#""delta":"ababab""#));
}

fn stuck(queue: &Arc<Queue>, framing: Framing) -> (DuplexStream, Writer<DuplexStream>) {
    let (peer, sink) = duplex(16);
    (peer, Writer::new(Arc::clone(queue), sink, framing))
}

#[tokio::test(start_paused = true)]
async fn a_websocket_client_that_takes_nothing_is_closed_after_the_time() {
    let queue = queue(Overflow::Close);
    queue.push_line("x".repeat(100));
    let (mut peer, mut writer) = stuck(&queue, Framing::WebSocket);
    let mut running = std::pin::pin!(writer.run());
    assert!(running.as_mut().now_or_never().is_none());
    tokio::time::advance(Duration::from_secs(59)).await;
    assert!(running.as_mut().now_or_never().is_none());
    let mut some = [0; 4];
    peer.read_exact(&mut some).await.unwrap();
    assert!(running.as_mut().now_or_never().is_none());
    tokio::time::advance(Duration::from_secs(59)).await;
    assert!(running.as_mut().now_or_never().is_none(), "it took something meanwhile");
    tokio::time::advance(Duration::from_secs(2)).await;
    let counted = CLIENTS_TOO_SLOW.get();
    assert!(running.await);
    assert!(CLIENTS_TOO_SLOW.get() > counted, "it counts as too slow");
    assert_eq!(queue.close_reason(), Some(CloseReason::Stalled { after: Duration::from_secs(60), queued_bytes: 100 }));
}

#[tokio::test(start_paused = true)]
async fn a_stdio_client_is_waited_for_until_it_is_given_up() {
    let queue = queue(Overflow::Wait);
    queue.push_line("x".repeat(100));
    queue.close(CloseReason::GoingAway);
    let (peer, mut writer) = stuck(&queue, Framing::Lines);
    let mut running = std::pin::pin!(writer.run());
    assert!(running.as_mut().now_or_never().is_none());
    tokio::time::advance(Duration::from_secs(100_000)).await;
    assert!(running.as_mut().now_or_never().is_none());
    queue.close(CloseReason::Error("enough".to_owned()));
    assert!(running.now_or_never().is_some());
    drop(peer);
}

#[tokio::test]
async fn a_frame_that_was_begun_is_finished_before_the_last_one() {
    let queue = queue(Overflow::Close);
    queue.push_line("x".repeat(30));
    let (mut peer, mut writer) = stuck(&queue, Framing::WebSocket);
    let mut running = std::pin::pin!(async {
        let writable = writer.run().await;
        writer.finish(&[0x88, 0], Duration::from_secs(10)).await;
        drop(writer);
        writable
    });
    assert!(running.as_mut().now_or_never().is_none());
    queue.close(CloseReason::PeerGone);
    let mut got = Vec::new();
    let (writable, read) = tokio::join!(running, peer.read_to_end(&mut got));
    assert!(writable && read.is_ok());
    let expected = [&[0x81, 30][..], &[b'x'; 30], &[0x88, 0]].concat();
    assert_eq!(got, expected);
}

#[tokio::test]
async fn a_peer_that_cannot_be_written_to_closes_the_queue() {
    let queue = queue(Overflow::Wait);
    let (peer, mut writer) = stuck(&queue, Framing::Lines);
    drop(peer);
    queue.push_line("x".to_owned());
    assert!(!writer.run().await);
    assert_eq!(queue.close_reason(), Some(CloseReason::PeerGone));
}
