//! How a client that has reconnected gets back into the threads that it was subscribed to.
//!
//! [`Replay`] asks for what was missed, of servers that keep it; [`Resume`] asks for the whole thread as it is now. Another
//! way implements [`Rejoin`] and is chosen in [`crate::Reconnect`].

use codex_app_server_protocol::v1::InitializeResponse;
use codex_app_server_protocol::{Extension, ext, methods, v2};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::{Client, ClientError};

/// Where a client was when its connection broke, and whom it has found since.
#[derive(Clone, Copy, Debug)]
pub struct Rejoining<'a> {
    /// The thread.
    pub thread_id: &'a str,
    /// The `cursor` of the last notification of the thread, from servers that number them so.
    pub cursor: Option<&'a str>,
    /// What the server said about itself on the new connection.
    pub server: &'a InitializeResponse,
}

/// How a client is in a thread again.
#[derive(Debug)]
pub enum Rejoined {
    /// It was told the whole thread as it is now; what happened meanwhile is in there.
    Resumed(Box<v2::ThreadResumeResponse>),
    /// Everything that it has missed comes as ordinary notifications.
    Replayed,
    /// What it has missed is not kept any more, so that it was told the whole thread as it is now: also the items of the running
    /// turn that have begun, with what they have said so far. What comes goes on from there.
    Snapshot(Box<v2::ThreadResumeResponse>),
}

/// Gets a client back into a thread after a reconnect.
///
/// Notifications of the new connection are held back until all threads were seen to.
pub trait Rejoin: Send + Sync + 'static {
    /// Subscribes to the thread again.
    fn rejoin<'a>(
        &'a self,
        client: &'a Client,
        rejoining: Rejoining<'a>,
    ) -> BoxFuture<'a, Result<Rejoined, ClientError>>;
}

/// Lets the server send what was missed, where it has granted that; else as [`Resume`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Replay;

impl Rejoin for Replay {
    fn rejoin<'a>(
        &'a self,
        client: &'a Client,
        rejoining: Rejoining<'a>,
    ) -> BoxFuture<'a, Result<Rejoined, ClientError>> {
        if !rejoining.server.extensions.contains_key(Extension::Replay.name()) {
            return Resume.rejoin(client, rejoining);
        }
        let params = ext::ThreadReplayParams {
            thread_id: rejoining.thread_id.to_owned(),
            after: rejoining.cursor.map(ToOwned::to_owned),
        };
        async move {
            let answer = client.call::<methods::ThreadReplay>(params).await?;
            Ok(answer.snapshot.map_or(Rejoined::Replayed, Rejoined::Snapshot))
        }
        .boxed()
    }
}

/// Resumes the thread by its id, with the settings that it has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Resume;

impl Rejoin for Resume {
    fn rejoin<'a>(
        &'a self,
        client: &'a Client,
        rejoining: Rejoining<'a>,
    ) -> BoxFuture<'a, Result<Rejoined, ClientError>> {
        let params = v2::ThreadResumeParams { thread_id: rejoining.thread_id.to_owned(), ..Default::default() };
        async move { Ok(Rejoined::Resumed(Box::new(client.call::<methods::ThreadResume>(params).await?))) }.boxed()
    }
}
