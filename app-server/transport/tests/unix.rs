//! Websocket connections over a unix socket: where it lies, who may connect, who takes it over, how it goes away.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "the functions that the tests share fail by panicking, as the tests do")]

use std::fs::{self, File};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use codex_app_server_transport::{ConnectionKind, InboundLine, ListenAddr, ListenerSettings, WebSocketListener};
use futures_util::{SinkExt, StreamExt};
use tempfile::TempDir;
use tokio::net::UnixStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{WebSocketStream, client_async};

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sock");
    (folder, path)
}

async fn listen(path: &Path) -> std::io::Result<WebSocketListener> {
    WebSocketListener::bind_unix(path, ListenerSettings::default()).await
}

async fn refused(path: &Path) -> String {
    listen(path).await.unwrap_err().to_string()
}

async fn client(path: &Path) -> WebSocketStream<UnixStream> {
    let socket = UnixStream::connect(path).await.unwrap();
    client_async("ws://localhost/rpc", socket).await.unwrap().0
}

/// Whoever holds the path listens: a message goes through.
async fn works(listener: &WebSocketListener, path: &Path) {
    let (mut client, connection) = tokio::join!(client(path), listener.accept());
    let mut connection = connection.unwrap();
    assert_eq!(connection.kind, ConnectionKind::UnixSocket);
    client.send(Message::text("hello")).await.unwrap();
    assert_eq!(connection.inbound.next().await, Some(InboundLine::Line("hello".into())));
    connection.outbound.push_line("you".to_owned());
    assert_eq!(client.next().await.unwrap().unwrap(), Message::text("you"));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn the_socket_is_the_users_alone_and_goes_with_the_listener() {
    let (folder, path) = place();
    let listener = listen(&path).await.unwrap();
    assert_eq!(*listener.address(), ListenAddr::Unix(Some(path.clone())));
    let metadata = fs::symlink_metadata(&path).unwrap();
    assert!(metadata.file_type().is_socket());
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    assert_eq!(names(folder.path()), ["a.sock"], "nothing else lies about");
    works(&listener, &path).await;
    works(&listener, &path).await;
    listener.stop();
    assert_eq!(names(folder.path()), [""; 0]);
    assert!(listener.accept().await.is_none());
    drop(listen(&path).await.unwrap());
    assert_eq!(names(folder.path()), [""; 0], "dropping removes it too");
}

#[tokio::test]
async fn who_listens_keeps_the_path() {
    let (_folder, path) = place();
    let listener = listen(&path).await.unwrap();
    let expected = format!("app-server control socket is already in use at {}", path.display());
    assert_eq!(refused(&path).await, expected);
    assert_eq!(refused(&path).await, expected);
    works(&listener, &path).await;
    drop(listener);
    // So does one that is none of ours.
    let _other = UnixListener::bind(&path).unwrap();
    assert_eq!(refused(&path).await, expected);
}

#[tokio::test]
async fn a_socket_without_a_listener_is_taken_over() {
    let (folder, path) = place();
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists());
    works(&listen(&path).await.unwrap(), &path).await;
    // A link to one as well, and a link to nothing: so codex leaves them.
    for target in ["dead.sock", "nothing"] {
        let target = folder.path().join(target);
        if target.ends_with("dead.sock") {
            drop(UnixListener::bind(&target).unwrap());
        }
        std::os::unix::fs::symlink(&target, &path).unwrap();
        works(&listen(&path).await.unwrap(), &path).await;
        assert!(!path.exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_start_on_a_dead_socket_one_wins() {
    let (_folder, path) = place();
    for _ in 0..40 {
        drop(UnixListener::bind(&path).unwrap());
        let together = Arc::new(Barrier::new(4));
        let starts = (0..4).map(|_| {
            let (path, together) = (path.clone(), Arc::clone(&together));
            tokio::spawn(async move {
                together.wait();
                listen(&path).await.map_err(|error| error.to_string())
            })
        });
        let mut started = Vec::new();
        for start in starts.collect::<Vec<_>>() {
            started.push(start.await.unwrap());
        }
        let (won, lost): (Vec<_>, Vec<_>) = started.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 3));
        for error in lost {
            assert!(error.unwrap_err().contains("already in use"));
        }
    }
}

#[tokio::test]
async fn taking_over_waits_for_whoever_is_at_it() {
    let (folder, path) = place();
    drop(UnixListener::bind(&path).unwrap());
    let held = File::open(folder.path()).unwrap();
    held.lock().unwrap();
    let mut listening = std::pin::pin!(listen(&path));
    assert!(timeout(Duration::from_millis(100), &mut listening).await.is_err());
    assert_eq!(names(folder.path()), ["a.sock"]);
    drop(held);
    works(&listening.await.unwrap(), &path).await;
}

#[tokio::test]
async fn what_is_no_socket_is_left_alone() {
    let (folder, path) = place();
    fs::write(&path, "mine").unwrap();
    assert_eq!(refused(&path).await, format!("{} exists and is not a socket", path.display()));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    let missing = folder.path().join("no/such.sock");
    assert!(refused(&missing).await.starts_with(&format!("cannot listen on {}: ", missing.display())));
    assert_eq!(names(folder.path()), ["a.sock"]);
}

#[tokio::test]
async fn a_successors_socket_is_not_removed() {
    let (_folder, path) = place();
    let first = listen(&path).await.unwrap();
    fs::remove_file(&path).unwrap();
    let second = listen(&path).await.unwrap();
    drop(first);
    works(&second, &path).await;
}

#[tokio::test]
async fn a_path_that_is_too_long_for_an_address_leads_to_the_socket() {
    let (folder, _) = place();
    let long = folder.path().join("x".repeat(150));
    fs::create_dir(&long).unwrap();
    let path = long.join("a.sock");
    let listener = listen(&path).await.unwrap();
    let target = fs::read_link(&path).unwrap();
    let metadata = fs::symlink_metadata(&target).unwrap();
    assert!(metadata.file_type().is_socket() && target.as_os_str().len() < 100, "{}", target.display());
    assert_eq!(metadata.mode() & 0o777, 0o600);
    assert_eq!(fs::symlink_metadata(target.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
    works(&listener, &target).await;
    assert!(refused(&path).await.contains("already in use"));
    listener.stop();
    assert!(fs::symlink_metadata(&target).is_err());
    assert_eq!(names(&long), [""; 0]);
    // One that died leaves both.
    drop(UnixListener::bind(&target).unwrap());
    std::os::unix::fs::symlink(&target, &path).unwrap();
    works(&listen(&path).await.unwrap(), &target).await;
}
