//! What comes before the frames: an HTTP request that is upgraded, answered or refused, in the time that there is for it.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::BytesMut;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tracing::debug;

use super::ListenerSettings;
use super::head::{self, Status, Verdict, judge};
use super::socket::{Socket, linger};

/// How long the answer to a plain request may take, and the client to close its side then.
const ANSWER_TIME: Duration = Duration::from_secs(1);

/// A socket that speaks websocket from here on.
pub(super) struct Upgraded {
    pub(super) socket: Socket,
    /// What was read beyond the request.
    pub(super) read_ahead: BytesMut,
    /// Its place among the connections that may be open.
    pub(super) place: OwnedSemaphorePermit,
}

/// Answers one request; the socket comes back if it was upgraded, for which it takes one of the `places`.
pub(super) async fn answer(
    mut socket: Socket,
    settings: &ListenerSettings,
    places: &Arc<Semaphore>,
) -> io::Result<Option<Upgraded>> {
    let kind = socket.kind;
    let response = match timeout(settings.handshake_time, request(&mut socket, settings)).await {
        Ok(Ok(None)) => return Ok(None),
        Ok(Ok(Some((head, Verdict::Upgrade { head_bytes, response })))) => match Arc::clone(places).try_acquire_owned()
        {
            Ok(place) => return upgrade(socket, head, head_bytes, &response, place).await.map(Some),
            Err(_) => {
                let most = settings.max_connections;
                plain(head::UNAVAILABLE, &format!("This server takes {most} connections at a time, and has them"))
            }
        },
        Ok(Ok(Some((_, Verdict::Page { page, is_head })))) => {
            ok(page.content_type, page.body.len(), if is_head { "" } else { &page.body })
        }
        Ok(Ok(Some((_, Verdict::Answer(status, words))))) => plain(status, &words),
        Ok(Ok(Some((_, Verdict::Incomplete)))) => plain(head::TOO_LARGE, "The request is too long"),
        Ok(Err(error)) => return Err(error),
        Err(_) => {
            debug!(?kind, "a handshake took too long");
            plain(head::TIMEOUT, &format!("The handshake took longer than {:?}", settings.handshake_time))
        }
    };
    let said = async {
        socket.output.write_all(response.as_bytes()).await?;
        linger(socket.output).await
    };
    timeout(ANSWER_TIME, said).await.unwrap_or(Ok(())).map(|()| None)
}

/// Reads until the request can be judged; `None` when it ends before.
async fn request(socket: &mut Socket, settings: &ListenerSettings) -> io::Result<Option<(BytesMut, Verdict)>> {
    let mut head = BytesMut::with_capacity(1024);
    loop {
        if socket.input.read_buf(&mut head).await? == 0 {
            return Ok(None);
        }
        match judge(&head, settings, socket.kind, unix_seconds()) {
            Verdict::Incomplete if head.len() < head::MAX_HEAD_BYTES => {}
            verdict => return Ok(Some((head, verdict))),
        }
    }
}

async fn upgrade(
    mut socket: Socket,
    mut head: BytesMut,
    head_bytes: usize,
    response: &[u8],
    place: OwnedSemaphorePermit,
) -> io::Result<Upgraded> {
    socket.output.write_all(response).await?;
    let read_ahead = head.split_off(head_bytes);
    Ok(Upgraded { socket, read_ahead, place })
}

/// An answer in words, or without any.
fn plain(status: Status, words: &str) -> String {
    let content_type = if words.is_empty() { "" } else { "content-type: text/plain; charset=utf-8\r\n" };
    let challenge = if status == head::UNAUTHORIZED { "www-authenticate: Bearer\r\n" } else { "" };
    let length = words.len();
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\n{challenge}{content_type}content-length: {length}\r\n\r\n{words}"
    )
}

fn ok(content_type: &str, length: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

fn unix_seconds() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX)
}
