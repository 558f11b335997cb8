//! Messages out of the frames of a client (RFC 6455, without extensions).
//!
//! Each message is put together in memory of its own, which goes with it; what is too long or binary is skipped without
//! being kept. What must hold: memory stays within the limit (and one read) whatever the peer announces; only frames
//! against the protocol end the connection, not what messages say.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};
use tracing::debug;

use super::silence::Silence;
use crate::outbound::Queue;
use crate::{CloseReason, DropReason, InboundLine};

/// How much is read at once.
const READ_BYTES: usize = 64 << 10;
/// With less room the buffer is used from the start again.
const LEAST_ROOM: usize = 16 << 10;
/// How much room a message gets before it arrives; an announced length alone takes no memory.
const PREPARED_BYTES: usize = 64 << 10;
/// The longest payload of a control frame.
const CONTROL_BYTES: u64 = 125;

/// The frames of one client.
pub(crate) struct FrameReader<R> {
    input: R,
    buffer: BytesMut,
    frame: Option<Payload>,
    message: Option<Message>,
    control: Vec<u8>,
    limit: usize,
    queue: Arc<Queue>,
    /// None for a peer that may be silent for ever.
    silence: Option<Silence>,
}

/// The payload of the frame that is being read.
struct Payload {
    opcode: OpCode,
    is_final: bool,
    mask: [u8; 4],
    left: u64,
}

/// The message that is being put together.
struct Message {
    is_text: bool,
    /// Empty for what is not kept.
    text: BytesMut,
    bytes: usize,
}

/// What a frame comes to.
enum Outcome {
    Message(InboundLine),
    Nothing,
    /// The peer closes.
    Closed,
}

/// What is against the protocol.
type Violation = &'static str;

impl<R: AsyncRead + Unpin> FrameReader<R> {
    /// Reads frames after a handshake; `read_ahead` was read with it. Pings, after so long a silence, and pongs go into `queue`.
    pub(super) fn new(
        input: R,
        read_ahead: BytesMut,
        limit: usize,
        ping_interval: Option<Duration>,
        queue: Arc<Queue>,
    ) -> Self {
        let silence = ping_interval.map(Silence::new);
        Self { input, buffer: read_ahead, frame: None, message: None, control: Vec::new(), limit, queue, silence }
    }

    /// The next message; `None`, with the queue closed, when there is none any more. May be cancelled without loss.
    pub(crate) async fn next(&mut self) -> Option<InboundLine> {
        let reason = loop {
            match self.step() {
                Ok(Some(Outcome::Message(message))) => return Some(message),
                Ok(Some(Outcome::Nothing)) => continue,
                Ok(Some(Outcome::Closed)) => break CloseReason::PeerGone,
                Ok(None) => {}
                Err(violation) => break CloseReason::Error(violation.to_owned()),
            }
            if self.buffer.capacity() - self.buffer.len() < LEAST_ROOM {
                self.buffer.reserve(READ_BYTES);
            }
            let given_up = async {
                match &mut self.silence {
                    Some(silence) => silence.too_long(&self.queue).await,
                    None => std::future::pending().await,
                }
            };
            let read = tokio::select! {
                biased;
                read = self.input.read_buf(&mut self.buffer) => read,
                reason = given_up => break reason,
            };
            match read {
                Ok(0) => break CloseReason::PeerGone,
                Ok(_) => {
                    if let Some(silence) = &mut self.silence {
                        silence.broken();
                    }
                }
                Err(error) => {
                    debug!(%error, "reading from the peer failed");
                    break CloseReason::PeerGone;
                }
            }
        };
        self.queue.close(reason);
        None
    }

    /// Takes what the buffer has of one frame; `None` when more must be read first.
    fn step(&mut self) -> Result<Option<Outcome>, Violation> {
        let mut frame = match self.frame.take() {
            Some(frame) => frame,
            None => match self.begin()? {
                Some(frame) => frame,
                None => return Ok(None),
            },
        };
        let count = usize::try_from(frame.left).unwrap_or(usize::MAX).min(self.buffer.len());
        let payload = self.buffer.get_mut(..count).unwrap_or_default();
        unmask(payload, frame.mask);
        match (&frame.opcode, &mut self.message) {
            (OpCode::Control(_), _) => self.control.extend_from_slice(payload),
            (OpCode::Data(_), Some(message)) => message.add(payload, self.limit),
            (OpCode::Data(_), None) => {}
        }
        self.buffer.advance(count);
        frame.mask.rotate_left(count % 4);
        frame.left -= count as u64;
        if frame.left > 0 {
            self.frame = Some(frame);
            return Ok(None);
        }
        Ok(Some(self.end(&frame)))
    }

    /// Reads the header of a frame, and checks that it may stand here.
    fn begin(&mut self) -> Result<Option<Payload>, Violation> {
        let mut cursor = Cursor::new(self.buffer.as_ref());
        let (header, left) = match FrameHeader::parse(&mut cursor) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(None),
            Err(_) => return Err("a frame of an unknown kind"),
        };
        let header_bytes = usize::try_from(cursor.position()).unwrap_or(usize::MAX);
        self.buffer.advance(header_bytes);
        let mask = header.mask.ok_or("a frame of a client that is not masked")?;
        if header.rsv1 || header.rsv2 || header.rsv3 {
            return Err("a frame with an extension that was not agreed on");
        }
        match (header.opcode, &self.message) {
            (OpCode::Control(_), _) if header.is_final && left <= CONTROL_BYTES => self.control.clear(),
            (OpCode::Control(_), _) => return Err("a control frame that is too long or in pieces"),
            (OpCode::Data(Data::Continue), None) => return Err("a continuation of no message"),
            (OpCode::Data(Data::Continue), Some(_)) => {}
            (OpCode::Data(_), Some(_)) => return Err("a message within another one"),
            (OpCode::Data(kind), None) => self.message = Some(Message::new(kind == Data::Text, left, self.limit)),
        }
        Ok(Some(Payload { opcode: header.opcode, is_final: header.is_final, mask, left }))
    }

    fn end(&mut self, frame: &Payload) -> Outcome {
        match frame.opcode {
            OpCode::Data(_) if frame.is_final => match self.message.take() {
                Some(message) => Outcome::Message(message.into_inbound(self.limit)),
                None => Outcome::Nothing,
            },
            OpCode::Control(Control::Close) => Outcome::Closed,
            OpCode::Control(Control::Ping) => {
                let mut pong = Vec::new();
                // Writing to a vector does not fail.
                let _ = Frame::pong(std::mem::take(&mut self.control)).format(&mut pong);
                self.queue.push_control(pong);
                Outcome::Nothing
            }
            _ => Outcome::Nothing,
        }
    }
}

impl Message {
    fn new(is_text: bool, announced: u64, limit: usize) -> Self {
        let kept = is_text && announced <= limit as u64;
        let prepared = if kept { usize::try_from(announced).unwrap_or(0).min(PREPARED_BYTES) } else { 0 };
        Self { is_text, text: BytesMut::with_capacity(prepared), bytes: 0 }
    }

    fn add(&mut self, payload: &[u8], limit: usize) {
        self.bytes = self.bytes.saturating_add(payload.len());
        if self.is_text && self.bytes <= limit {
            self.text.extend_from_slice(payload);
        } else {
            self.text = BytesMut::new();
        }
    }

    fn into_inbound(self, limit: usize) -> InboundLine {
        let reason = match self.bytes {
            _ if !self.is_text => DropReason::Binary,
            bytes if bytes > limit => DropReason::TooLong { bytes, limit },
            _ => return InboundLine::Line(self.text.freeze()),
        };
        InboundLine::Dropped { reason }
    }
}

/// Takes the mask off, eight bytes at a time.
fn unmask(payload: &mut [u8], mask: [u8; 4]) {
    let [a, b, c, d] = mask;
    let (words, rest) = payload.as_chunks_mut::<8>();
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    for word in words {
        *word = (u64::from_ne_bytes(*word) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask.into_iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests;
