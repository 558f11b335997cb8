//! Blocking streams behind a thread each.
//!
//! A thread may stay in its read or write for ever; it holds nothing that the process needs to end.

use std::io::{self, Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::thread;

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc;

/// How much goes through the channel at once.
const CHUNK_BYTES: usize = 64 << 10;

/// What a thread reads.
pub(super) struct Reader {
    chunks: mpsc::Receiver<io::Result<Bytes>>,
    current: Bytes,
}

/// Reads `input` on a thread.
pub(super) fn reader(mut input: impl Read + Send + 'static) -> io::Result<Reader> {
    let (sender, chunks) = mpsc::channel(1);
    thread::Builder::new().name("stdin".to_owned()).spawn(move || {
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            let chunk = match input.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => Ok(Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default())),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let failed = chunk.is_err();
            if sender.blocking_send(chunk).is_err() || failed {
                return;
            }
        }
    })?;
    Ok(Reader { chunks, current: Bytes::new() })
}

impl AsyncRead for Reader {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.current.is_empty() {
            match ready!(self.chunks.poll_recv(cx)) {
                Some(chunk) => self.current = chunk?,
                None => return Poll::Ready(Ok(())),
            }
        }
        let count = self.current.len().min(buf.remaining());
        buf.put_slice(self.current.get(..count).unwrap_or_default());
        self.current.advance(count);
        Poll::Ready(Ok(()))
    }
}

/// What a thread writes: one chunk at a time, and the buffer comes back.
pub(super) struct Writer {
    chunks: mpsc::Sender<Vec<u8>>,
    written: mpsc::Receiver<io::Result<Vec<u8>>>,
    buffer: Option<Vec<u8>>,
}

/// Writes to `output` on a thread.
pub(super) fn writer(mut output: impl Write + Send + 'static) -> io::Result<Writer> {
    let (chunks, mut waiting) = mpsc::channel::<Vec<u8>>(1);
    let (done, written) = mpsc::channel(1);
    thread::Builder::new().name("stdout".to_owned()).spawn(move || {
        while let Some(chunk) = waiting.blocking_recv() {
            let outcome = output.write_all(&chunk).and_then(|()| output.flush());
            if done.blocking_send(outcome.map(|()| chunk)).is_err() {
                return;
            }
        }
    })?;
    Ok(Writer { chunks, written, buffer: Some(Vec::new()) })
}

impl Writer {
    /// Waits until the thread has written what it was given.
    fn poll_idle(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Vec<u8>>> {
        if let Some(buffer) = self.buffer.take() {
            return Poll::Ready(Ok(buffer));
        }
        match ready!(self.written.poll_recv(cx)) {
            Some(outcome) => Poll::Ready(outcome),
            None => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        }
    }
}

impl AsyncWrite for Writer {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut buffer = ready!(self.poll_idle(cx))?;
        let chunk = bytes.get(..CHUNK_BYTES).unwrap_or(bytes);
        buffer.clear();
        buffer.extend_from_slice(chunk);
        if self.chunks.try_send(buffer).is_err() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        Poll::Ready(Ok(chunk.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let buffer = ready!(self.poll_idle(cx))?;
        self.buffer = Some(buffer);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, SeekFrom};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn files_are_written_and_read_whole() {
        let mut file = tempfile::tempfile().unwrap();
        let text: Vec<u8> = (0..300_000u32).flat_map(u32::to_le_bytes).collect();
        let mut output = writer(file.try_clone().unwrap()).unwrap();
        output.write_all(&text).await.unwrap();
        output.flush().await.unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        let mut got = Vec::new();
        reader(file).unwrap().read_to_end(&mut got).await.unwrap();
        assert!(got == text);
    }

    #[tokio::test]
    async fn a_failed_write_is_told() {
        struct Broken;
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut output = writer(Broken).unwrap();
        output.write_all(b"x").await.unwrap();
        assert_eq!(output.flush().await.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
