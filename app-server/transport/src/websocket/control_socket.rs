//! The file of a unix socket: made, taken over from a server that died, removed.
//!
//! What must hold: of two servers that start at the same time on one path only one gets it, and a server that is alive keeps
//! it; whoever connects to the path at any time finds a socket that is listened on or none that answers; nobody but the
//! user may connect. Taking over is done under a lock on the folder, so that no file of a lock lies about, and by renaming a
//! socket that already listens. A path that is too long for the system's addresses becomes a link to a socket in a folder of
//! the user's with a short name.

use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use socket2::{Domain, SockAddr, Socket, Type};
use tokio::net::{UnixListener, UnixStream};
use tokio::time::{Instant, sleep};
use tracing::{debug, warn};

/// The longest path that every system has room for in an address, without its end.
const ADDRESS_BYTES: usize = 103;
/// How long another server may take to start on the same path.
const LOCK_TIME: Duration = Duration::from_secs(5);
const LOCK_PAUSE: Duration = Duration::from_millis(20);
/// Clients that may wait to be accepted.
const BACKLOG: i32 = 1024;
/// The user's folder for paths that are too long, with the number of the user behind it. No variable of the environment names
/// it, as every server of the user must find the same one, and its path must be short.
const SHORT_FOLDER: &str = "/tmp/codex-app-server";

/// The file of a socket that is listened on. It is removed when this is dropped.
#[derive(Debug)]
pub(super) struct SocketFile {
    /// What clients know.
    path: PathBuf,
    /// The socket: the same, or what the path links to.
    socket: PathBuf,
    /// Tells it from one that another server has made since: device and number of the file.
    identity: (u64, u64),
}

/// Listens on `path`.
///
/// # Errors
/// When a server is alive there, something else than a socket is, or the system refuses; the message names the path.
pub(super) async fn bind(path: &Path) -> io::Result<(UnixListener, SocketFile)> {
    let path = std::path::absolute(path)?;
    let failed = |error: io::Error| match error.get_ref() {
        // It says so itself.
        Some(_) => error,
        None => io::Error::new(error.kind(), format!("cannot listen on {}: {error}", path.display())),
    };
    bind_absolute(&path).await.map_err(failed)
}

async fn bind_absolute(path: &Path) -> io::Result<(UnixListener, SocketFile)> {
    let folder = path.parent().ok_or(io::ErrorKind::IsADirectory)?;
    // Held until the end of this function.
    let _lock = locked(folder).await?;
    refuse_unless_free(path).await?;
    let socket = if fits(path) { path.to_owned() } else { short_folder()?.join(short_name(path)) };
    let fresh = beside(&socket);
    remove(&fresh)?;
    let (listener, identity) = listen(&fresh)?;
    fs::rename(&fresh, &socket)?;
    let file = SocketFile { path: path.to_owned(), socket, identity };
    if file.socket != file.path {
        let fresh = beside(path);
        remove(&fresh)?;
        std::os::unix::fs::symlink(&file.socket, &fresh)?;
        fs::rename(&fresh, path)?;
    }
    Ok((listener, file))
}

/// A socket that is listened on and that only the user can connect to, with the identity of its file.
fn listen(path: &Path) -> io::Result<(UnixListener, (u64, u64))> {
    let only_user = Permissions::from_mode(0o600);
    let socket = File::from(OwnedFd::from(Socket::new(Domain::UNIX, Type::STREAM, None)?));
    // Linux makes the file with these; elsewhere they are set a moment later.
    if let Err(error) = socket.set_permissions(only_user.clone()) {
        debug!(%error, "a socket without a file has no permissions here");
    }
    let socket = Socket::from(OwnedFd::from(socket));
    socket.bind(&SockAddr::unix(path)?)?;
    let bound = || {
        fs::set_permissions(path, only_user)?;
        socket.listen(BACKLOG)?;
        socket.set_nonblocking(true)?;
        let metadata = fs::symlink_metadata(path)?;
        Ok((metadata.dev(), metadata.ino()))
    };
    match bound() {
        Ok(identity) => Ok((UnixListener::from_std(OwnedFd::from(socket).into())?, identity)),
        Err(error) => {
            let _ = fs::remove_file(path);
            Err(error)
        }
    }
}

/// The lock of whoever starts on a path in this folder.
async fn locked(folder: &Path) -> io::Result<File> {
    let file = File::open(folder)?;
    let deadline = Instant::now() + LOCK_TIME;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(LOCK_PAUSE).await,
            Err(TryLockError::WouldBlock) => {
                let message = format!("somebody else has held the lock on {} for {LOCK_TIME:?}", folder.display());
                return Err(io::Error::new(io::ErrorKind::TimedOut, message));
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// Whether the path may be taken: there is nothing, or a socket that nobody listens on.
async fn refuse_unless_free(path: &Path) -> io::Result<()> {
    let in_use = || {
        let message = format!("app-server control socket is already in use at {}", path.display());
        io::Error::new(io::ErrorKind::AddrInUse, message)
    };
    match fs::metadata(path) {
        Ok(metadata) if metadata.file_type().is_socket() => {}
        Ok(_) => {
            let message = format!("{} exists and is not a socket", path.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    let within_reach = if fits(path) { path.to_owned() } else { fs::canonicalize(path)? };
    match UnixStream::connect(within_reach).await {
        Ok(_) => Err(in_use()),
        Err(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound => Ok(()),
            // So many clients wait that it takes no more.
            io::ErrorKind::WouldBlock => Err(in_use()),
            _ => Err(error),
        },
    }
}

/// Whether the path, and the one beside it, is no longer than an address may be.
fn fits(path: &Path) -> bool {
    beside(path).as_os_str().len() <= ADDRESS_BYTES
}

/// Where what will be renamed to `path` is made: a name of this process.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    PathBuf::from(name)
}

/// The folder with a short name, which must be the user's alone.
fn short_folder() -> io::Result<PathBuf> {
    let user = rustix::process::geteuid().as_raw();
    let folder = PathBuf::from(format!("{SHORT_FOLDER}-{user}"));
    match DirBuilder::new().mode(0o700).create(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(&folder)?;
    if !found.is_dir() || found.uid() != user || found.mode() & 0o077 != 0 {
        let message = format!("{} is not a folder of this user alone; remove it", folder.display());
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    Ok(folder)
}

/// The same for the same path, and for no other one.
fn short_name(path: &Path) -> String {
    let hash = Sha256::digest(path.as_os_str().as_encoded_bytes());
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl SocketFile {
    /// Removes the file, unless another server has taken the path.
    ///
    /// It is to be called while the socket is still listened on: as long as it is, nobody else takes the path.
    pub(super) fn remove(&self) {
        let Ok(found) = fs::symlink_metadata(&self.socket) else { return };
        if (found.dev(), found.ino()) != self.identity {
            return;
        }
        let is_linked = fs::read_link(&self.path).is_ok_and(|target| target == self.socket);
        let removed = if is_linked { remove(&self.path) } else { Ok(()) };
        if let Err(error) = removed.and_then(|()| remove(&self.socket)) {
            warn!(%error, path = %self.path.display(), "the file of the socket could not be removed");
        }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        self.remove();
    }
}
