//! A connection over two byte streams, one message a line: pipes, sockets, in-memory streams.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, BufWriter};

use crate::{Connection, Incoming, MessageReceiver, MessageSender};

/// Bytes that are read or written at once where that many are there.
const BUFFER: usize = 64 * 1024;

/// A connection that reads lines from `R` and writes lines to `W`.
#[derive(Debug)]
pub struct LineConnection<R, W> {
    reader: R,
    writer: W,
}

impl<R: AsyncRead, W: AsyncWrite> LineConnection<R, W> {
    /// A connection over these streams; closing it shuts `writer` down.
    pub fn new(reader: R, writer: W) -> Self {
        Self { reader, writer }
    }
}

impl<R, W> Connection for LineConnection<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Sender = LineSender<W>;
    type Receiver = LineReceiver<R>;

    fn split(self) -> (Self::Sender, Self::Receiver) {
        let sender = LineSender { writer: Some(BufWriter::with_capacity(BUFFER, self.writer)) };
        let receiver = LineReceiver { reader: BufReader::with_capacity(BUFFER, self.reader), line: Vec::new() };
        (sender, receiver)
    }
}

/// Writes lines.
#[derive(Debug)]
pub struct LineSender<W> {
    /// `None` once closed: a pipe is closed by dropping it.
    writer: Option<BufWriter<W>>,
}

impl<W: AsyncWrite + Unpin> LineSender<W> {
    fn writer(&mut self) -> io::Result<&mut BufWriter<W>> {
        self.writer.as_mut().ok_or_else(|| io::Error::new(io::ErrorKind::NotConnected, "the connection was closed"))
    }
}

impl<W: AsyncWrite + Send + Unpin + 'static> MessageSender for LineSender<W> {
    async fn send(&mut self, mut line: String) -> io::Result<()> {
        line.push('\n');
        self.writer()?.write_all(line.as_bytes()).await
    }

    async fn flush(&mut self) -> io::Result<()> {
        self.writer()?.flush().await
    }

    async fn close(&mut self) -> io::Result<()> {
        match self.writer.take() {
            Some(mut writer) => writer.shutdown().await,
            None => Ok(()),
        }
    }
}

/// Reads lines of any length.
#[derive(Debug)]
pub struct LineReceiver<R> {
    reader: BufReader<R>,
    /// What has come of the next line.
    line: Vec<u8>,
}

impl<R: AsyncRead + Send + Unpin + 'static> MessageReceiver for LineReceiver<R> {
    async fn receive(&mut self) -> Option<io::Result<Incoming>> {
        if let Err(error) = self.reader.read_until(b'\n', &mut self.line).await {
            return Some(Err(error));
        }
        if self.line.is_empty() {
            return None;
        }
        let mut line = std::mem::take(&mut self.line);
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        // Bytes that are no UTF-8 spoil their line, not the connection.
        let line =
            String::from_utf8(line).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Some(Ok(Incoming::Line(line)))
    }
}
