//! Servers that somebody else has started, by the address that a person gives.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
#[cfg(unix)]
use codex_app_server_client::unix::connect as connect_unix;
use codex_app_server_client::{Client, ClientOptions, Notifications, websocket};
use codex_app_server_protocol::v1::InitializeResponse;
use codex_config_loader::EnvSnapshot;

use super::run_server::{codex_home, control_socket_of};

/// Connects to the server at `ws://HOST:PORT`, `unix://PATH` or `unix://`, the socket of the home, and runs the handshake. The
/// file holds the bearer token that a websocket asks for.
pub(super) async fn connect(
    address: &str,
    token_file: Option<&Path>,
    env: &EnvSnapshot,
    options: ClientOptions,
) -> anyhow::Result<(Client, Notifications, InitializeResponse)> {
    let unreached = || format!("no server answers at {address}");
    Ok(match address.strip_prefix("unix://") {
        Some(path) => {
            ensure!(token_file.is_none(), "a server on a unix socket asks for no token");
            let path = match path {
                "" => control_socket_of(codex_home(env)?.path()),
                path => PathBuf::from(path),
            };
            Client::connect(connect_unix(&path).await.with_context(unreached)?, options).await?
        }
        None => {
            let token = token_file.map(read_token).transpose()?;
            let connection = websocket::connect_with_token(address, token.as_deref());
            Client::connect(connection.await.with_context(unreached)?, options).await?
        }
    })
}

/// This system has no unix sockets.
#[cfg(not(unix))]
async fn connect_unix(_: &Path) -> std::io::Result<websocket::WebSocketConnection> {
    Err(std::io::ErrorKind::Unsupported.into())
}

fn read_token(path: &Path) -> anyhow::Result<String> {
    let token = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(token.trim().to_owned())
}
