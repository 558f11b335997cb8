//! Clients over a unix socket: where it is, who gets it, when it goes.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};

use codex_app_server_client::{Connection, MessageReceiver, MessageSender, unix};
use codex_app_server_test_support::{DEADLINE, ModelEndpoint, ServerBuilder, TestServer};
use serde_json::json;
use tokio::time::timeout;

use super::raw::{INITIALIZE, run};
use super::server;
use super::try_command::{text, trying};

/// The socket that `unix://` means.
fn socket_of(codex_home: &Path) -> PathBuf {
    codex_home.join("app-server-control/app-server-control.sock")
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

/// A second server of the same home, which is to be refused.
async fn refused(builder: ServerBuilder, socket: &Path) {
    let output = run(builder.arg("--listen").arg("unix://").command()).await;
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let expected = format!("Error: app-server control socket is already in use at {}\n", socket.display());
    assert_eq!(told, expected);
}

/// Another server with the folders of this one.
fn beside(server: &TestServer) -> ServerBuilder {
    super::server().env("CODEX_HOME", server.home().codex_home())
}

#[tokio::test]
async fn clients_share_the_socket_of_the_home_until_the_server_ends() {
    let model = ModelEndpoint::start().await;
    model.say("Over the socket");
    let mut server = server().model(&model).start_listening("unix://").await;
    let socket = socket_of(&server.home().codex_home());
    assert_eq!(server.url().unwrap(), format!("unix://{}", socket.display()));
    assert!(fs::symlink_metadata(&socket).unwrap().file_type().is_socket());
    assert_eq!((mode(&socket), mode(socket.parent().unwrap())), (0o600, 0o700));
    let (one, other) = (server.client().await, server.client().await);
    let thread = one.start_thread(json!({})).await;
    let completed = one.run_turn(&thread, "Hi").await;
    assert_eq!(completed["status"], "completed", "{completed}");
    assert_eq!(other.call("thread/loaded/list", json!({})).await["data"], json!([thread]));
    refused(beside(&server), &socket).await;
    other.call("thread/loaded/list", json!({})).await;
    let _ = (one.finish().await, other.rest(), other.finish().await);
    server.signal("TERM");
    assert_eq!(server.wait().await.code(), Some(0));
    assert_eq!(fs::read_dir(socket.parent().unwrap()).unwrap().count(), 0, "nothing is left");
}

#[tokio::test]
async fn a_socket_with_a_path_goes_at_ctrl_c_too() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("my.sock");
    let mut server = server().start_listening(&format!("unix://{}", socket.display())).await;
    assert_eq!(mode(&socket), 0o600);
    assert!(!socket_of(&server.home().codex_home()).parent().unwrap().exists());
    // As soon as it says where it listens.
    server.signal("INT");
    assert_eq!(server.wait().await.code(), Some(0));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn what_a_killed_server_left_is_taken_over() {
    let mut killed = server().start_listening("unix://").await;
    let socket = socket_of(&killed.home().codex_home());
    killed.signal("KILL");
    killed.wait().await;
    assert!(socket.exists());
    let mut server = beside(&killed).start_listening("unix://").await;
    drop(server.client().await.finish().await);
    server.finish().await;
    assert!(!socket.exists());
}

#[tokio::test]
async fn a_home_with_a_long_path_has_a_socket_too() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("long".repeat(40));
    fs::create_dir(&home).unwrap();
    let server = server().env("CODEX_HOME", &home).start_listening("unix://").await;
    let socket = socket_of(&home);
    let (mut sender, mut receiver) = unix::connect(&socket).await.unwrap().split();
    sender.send(INITIALIZE.to_owned()).await.unwrap();
    sender.flush().await.unwrap();
    assert!(timeout(DEADLINE, receiver.receive()).await.expect("an answer in time").is_some_and(|got| got.is_ok()));
    let target = fs::read_link(&socket).unwrap();
    assert_eq!(mode(&target), 0o600);
    refused(super::server().env("CODEX_HOME", &home), &socket).await;
    server.finish().await;
    assert!(!target.exists() && fs::symlink_metadata(&socket).is_err());
}

#[tokio::test]
async fn try_talks_to_a_server_on_a_socket() {
    let model = ModelEndpoint::start().await;
    (0..2).for_each(|_| model.say("From the other side"));
    let server = server().model(&model).start_listening("unix://").await;
    for address in ["unix://", server.url().unwrap()] {
        let (output, _) = trying(beside(&server), &["--connect", address, "Hi"]).await;
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(text(&output.stdout), "From the other side\n");
    }
    let (output, _) = trying(beside(&server), &["--connect", "unix:///no/such.sock", "Hi"]).await;
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("cannot connect to unix:///no/such.sock: "), "{told}");
    server.finish().await;
}
