//! Frames in, messages out: however they are cut, whatever they announce. Frames are made by another implementation.

use bytes::Bytes;
use proptest::prelude::*;
use tokio::io::{AsyncWriteExt, duplex};

use super::*;
use crate::outbound::{Entry, Taken};
use crate::{OutboundLimits, Overflow};

const LIMIT: usize = 300;

fn queue() -> Arc<Queue> {
    Arc::new(Queue::new(OutboundLimits::default(), Overflow::Close))
}

fn frame(opcode: OpCode, is_final: bool, payload: &[u8]) -> Vec<u8> {
    let header = FrameHeader { opcode, is_final, mask: Some([7, 0, 255, 130]), ..FrameHeader::default() };
    let mut bytes = Vec::new();
    Frame::from_payload(header, payload.to_vec().into()).format(&mut bytes).unwrap();
    bytes
}

fn text(payload: &[u8]) -> Vec<u8> {
    frame(OpCode::Data(Data::Text), true, payload)
}

fn line(text: &[u8]) -> InboundLine {
    InboundLine::Line(Bytes::copy_from_slice(text))
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// What comes of the bytes: messages, pongs, the reason of the end.
async fn read(pieces: Vec<Vec<u8>>) -> (Vec<InboundLine>, Vec<Vec<u8>>, Option<CloseReason>) {
    let queue = queue();
    let (mut peer, input) = duplex(64);
    let mut reader = FrameReader::new(input, BytesMut::new(), LIMIT, None, Arc::clone(&queue));
    let mut messages = Vec::new();
    let mut pongs = Vec::new();
    let send = async {
        for piece in pieces {
            // The reader may have ended.
            if peer.write_all(&piece).await.is_err() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(peer);
    };
    let receive = async {
        let mut batch = Vec::new();
        while let Some(message) = reader.next().await {
            messages.push(message);
            if queue.take(&mut batch) == Taken::Some {
                pongs.append(&mut batch);
            }
        }
        drop(reader);
    };
    tokio::join!(send, receive);
    let control = |entry| match entry {
        Entry::Control(bytes) => bytes,
        _ => panic!("something else than a pong"),
    };
    (messages, pongs.into_iter().map(control).collect(), queue.close_reason())
}

#[derive(Clone, Debug)]
struct Sent {
    is_text: bool,
    fragments: Vec<Vec<u8>>,
    ping_between: bool,
}

fn sent() -> impl Strategy<Value = Sent> {
    let length = prop_oneof![0usize..20, 120usize..135, 280usize..320];
    let fragment = length.prop_flat_map(|length| prop::collection::vec(any::<u8>(), length));
    (prop::bool::weighted(0.8), prop::collection::vec(fragment, 1..4), any::<bool>())
        .prop_map(|(is_text, fragments, ping_between)| Sent { is_text, fragments, ping_between })
}

proptest! {
    #[test]
    fn messages_arrive_however_they_are_cut(sent in prop::collection::vec(sent(), 0..6), cuts in prop::collection::vec(1usize..60, 1..30)) {
        let mut bytes = Vec::new();
        let mut expected = Vec::new();
        let mut pings = 0;
        for message in &sent {
            for (at, fragment) in message.fragments.iter().enumerate() {
                let kind = match (at, message.is_text) {
                    (0, true) => Data::Text,
                    (0, false) => Data::Binary,
                    _ => Data::Continue,
                };
                bytes.extend(frame(OpCode::Data(kind), at + 1 == message.fragments.len(), fragment));
                if message.ping_between && at + 1 < message.fragments.len() {
                    bytes.extend(frame(OpCode::Control(Control::Ping), true, &fragment[..fragment.len().min(125)]));
                    pings += 1;
                }
            }
            let whole = message.fragments.concat();
            expected.push(match whole.len() {
                _ if !message.is_text => InboundLine::Dropped { reason: DropReason::Binary },
                bytes if bytes > LIMIT => InboundLine::Dropped { reason: DropReason::TooLong { bytes, limit: LIMIT } },
                _ => line(&whole),
            });
        }
        let mut pieces = Vec::new();
        let mut rest = bytes.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, after) = rest.split_at((*cut).min(rest.len()));
            pieces.push(piece.to_vec());
            rest = after;
        }
        let (messages, pongs, reason) = run(read(pieces));
        prop_assert_eq!(messages, expected);
        prop_assert_eq!(pongs.len(), pings);
        prop_assert_eq!(reason, Some(CloseReason::PeerGone));
    }

    #[test]
    fn whatever_bytes_come_the_reader_ends(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_, _, reason) = run(read(vec![bytes]));
        prop_assert!(matches!(reason, Some(CloseReason::PeerGone | CloseReason::Error(_))));
    }
}

#[test]
fn what_is_no_text_passes_as_it_is() {
    let (messages, _, _) = run(read(vec![text(b"\xff\xfe"), text(b"two\nlines"), text(b"")]));
    assert_eq!(messages, [line(b"\xff\xfe"), line(b"two\nlines"), line(b"")]);
}

#[test]
fn pings_are_answered_with_what_they_carry() {
    let ping = frame(OpCode::Control(Control::Ping), true, b"hey");
    let (_, pongs, _) = run(read(vec![ping, text(b"x")]));
    assert_eq!(pongs, [b"\x8a\x03hey".to_vec()]);
}

#[test]
fn nothing_is_read_behind_a_close_frame() {
    let close = frame(OpCode::Control(Control::Close), true, &[3, 232]);
    let (messages, _, reason) = run(read(vec![text(b"a"), close, text(b"b")]));
    assert_eq!(messages, [line(b"a")]);
    assert_eq!(reason, Some(CloseReason::PeerGone));
}

#[test]
fn frames_against_the_protocol_end_the_connection() {
    let data = |kind, is_final| frame(OpCode::Data(kind), is_final, b"x");
    let mut unmasked = Vec::new();
    Frame::message("x", OpCode::Data(Data::Text), true).format(&mut unmasked).unwrap();
    let mut extended = text(b"x");
    extended[0] |= 0x40;
    for (bytes, violation) in [
        (unmasked, "a frame of a client that is not masked"),
        (extended, "a frame with an extension that was not agreed on"),
        (data(Data::Reserved(5), true), "a frame of an unknown kind"),
        (data(Data::Continue, true), "a continuation of no message"),
        ([data(Data::Text, false), data(Data::Text, true)].concat(), "a message within another one"),
        (frame(OpCode::Control(Control::Ping), false, b""), "a control frame that is too long or in pieces"),
        (frame(OpCode::Control(Control::Ping), true, &[0; 126]), "a control frame that is too long or in pieces"),
    ] {
        let (messages, _, reason) = run(read(vec![text(b"before"), bytes]));
        assert_eq!(messages, [line(b"before")]);
        assert_eq!(reason, Some(CloseReason::Error(violation.to_owned())));
    }
}

#[test]
fn an_announced_length_takes_no_memory() {
    let mut announced = Vec::new();
    let header = FrameHeader { opcode: OpCode::Data(Data::Text), mask: Some([0; 4]), ..FrameHeader::default() };
    header.format(1 << 30, &mut announced).unwrap();
    announced.extend_from_slice(b"only this");
    let mut reader = FrameReader::new(&b""[..], announced.as_slice().into(), usize::MAX, None, queue());
    assert!(reader.step().unwrap().is_none());
    let message = reader.message.unwrap();
    assert_eq!(message.text.as_ref(), b"only this");
    assert!(message.text.capacity() <= PREPARED_BYTES);
}

#[test]
fn a_huge_message_takes_its_memory_along() {
    let huge = vec![b'x'; 8 << 20];
    let bytes = [text(&huge), text(b"small")].concat();
    let mut reader = FrameReader::new(bytes.as_slice(), BytesMut::new(), 64 << 20, None, queue());
    run(async {
        assert!(reader.next().await == Some(line(&huge)));
        assert!(reader.buffer.capacity() <= 2 * READ_BYTES, "{}", reader.buffer.capacity());
        assert_eq!(reader.next().await, Some(line(b"small")));
    });
}
