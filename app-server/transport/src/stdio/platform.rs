//! What the standard streams are, on each platform.

#[cfg(unix)]
pub(super) use unix::{input, output};

#[cfg(not(unix))]
pub(super) use elsewhere::{input, output};

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io;
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::os::unix::fs::{FileTypeExt, MetadataExt};

    use tokio::net::UnixStream;
    use tokio::net::unix::pipe;

    use super::super::{Input, Output, threads};

    /// What may be done with a stream.
    enum Stream {
        Pipe(OwnedFd),
        Socket(OwnedFd),
        Blocking(File),
    }

    /// A stream that is also the standard error stays blocking: whoever writes there does not expect otherwise.
    fn stream(fd: BorrowedFd<'_>) -> io::Result<Stream> {
        let file = File::from(fd.try_clone_to_owned()?);
        let metadata = file.metadata()?;
        let is_stderr = io::stderr()
            .as_fd()
            .try_clone_to_owned()
            .and_then(|stderr| File::from(stderr).metadata())
            .is_ok_and(|stderr| (stderr.dev(), stderr.ino()) == (metadata.dev(), metadata.ino()));
        let kind = metadata.file_type();
        Ok(if is_stderr {
            Stream::Blocking(file)
        } else if kind.is_fifo() {
            Stream::Pipe(file.into())
        } else if kind.is_socket() {
            Stream::Socket(file.into())
        } else {
            Stream::Blocking(file)
        })
    }

    fn socket(fd: OwnedFd) -> io::Result<UnixStream> {
        let socket = std::os::unix::net::UnixStream::from(fd);
        socket.set_nonblocking(true)?;
        UnixStream::from_std(socket)
    }

    pub(in super::super) fn input() -> io::Result<Input> {
        Ok(match stream(io::stdin().as_fd())? {
            Stream::Pipe(fd) => Box::new(pipe::Receiver::from_owned_fd(fd)?),
            Stream::Socket(fd) => Box::new(socket(fd)?),
            Stream::Blocking(file) => Box::new(threads::reader(file)?),
        })
    }

    pub(in super::super) fn output() -> io::Result<Output> {
        Ok(match stream(io::stdout().as_fd())? {
            Stream::Pipe(fd) => Box::new(pipe::Sender::from_owned_fd(fd)?),
            Stream::Socket(fd) => Box::new(socket(fd)?),
            Stream::Blocking(file) => Box::new(threads::writer(file)?),
        })
    }
}

#[cfg(not(unix))]
mod elsewhere {
    use std::io;

    use super::super::{Input, Output, threads};

    pub(in super::super) fn input() -> io::Result<Input> {
        Ok(Box::new(threads::reader(io::stdin())?))
    }

    pub(in super::super) fn output() -> io::Result<Output> {
        Ok(Box::new(threads::writer(io::stdout())?))
    }
}
