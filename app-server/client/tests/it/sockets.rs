//! What stands around a websocket: the token that it is opened with, the words of a refusal, the unix socket below it.

use codex_app_server_client::websocket;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// Reads a request and answers it with these bytes; returns its lines.
async fn answer<S: AsyncRead + AsyncWrite + Unpin>(socket: S, bytes: &str) -> Vec<String> {
    let mut socket = BufReader::new(socket);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        socket.read_line(&mut line).await.unwrap();
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    socket.write_all(bytes.as_bytes()).await.unwrap();
    socket.shutdown().await.unwrap();
    lines
}

const REFUSAL: &str = "HTTP/1.1 401 Unauthorized\r\ncontent-length: 12\r\n\r\nnot you, sir";

#[tokio::test]
async fn a_token_is_shown_and_a_refusal_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/some/path", listener.local_addr().unwrap());
    for token in [Some("abc.def"), None] {
        let asked = async { answer(listener.accept().await.unwrap().0, REFUSAL).await };
        let (refused, asked) = tokio::join!(websocket::connect_with_token(&url, token), asked);
        assert_eq!(asked[0], "GET /some/path HTTP/1.1");
        let header = asked.iter().find(|line| line.to_lowercase().starts_with("authorization:"));
        assert_eq!(header.map(|line| line.split_once(' ').unwrap().1), token.map(|_| "Bearer abc.def"));
        let refused = refused.unwrap_err().to_string();
        assert!(refused.starts_with(&format!("cannot connect to {url}: 401 Unauthorized")), "{refused}");
        assert!(!refused.contains("abc.def"));
    }
    let refused = websocket::connect_with_token(&url, Some("two\nlines")).await.unwrap_err().to_string();
    assert!(refused.contains(&url) && !refused.contains("lines"), "{refused}");
}

#[cfg(unix)]
mod unix {
    use std::{fs, io};

    use codex_app_server_client::{Connection, Incoming, MessageReceiver, MessageSender, unix};
    use futures_util::{SinkExt, StreamExt};
    use tokio::net::UnixListener;
    use tokio_tungstenite::accept_async;
    use tokio_tungstenite::tungstenite::Message;

    use super::{REFUSAL, answer};

    #[tokio::test]
    async fn messages_go_both_ways_by_a_long_path_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sock");
        let long = folder.path().join("long".repeat(40));
        fs::create_dir(&long).unwrap();
        let link = long.join("a.sock");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let listener = UnixListener::bind(&path).unwrap();
        for path in [&path, &link] {
            let serving = async {
                let mut socket = accept_async(listener.accept().await.unwrap().0).await.unwrap();
                let Message::Text(text) = socket.next().await.unwrap().unwrap() else { panic!("no text") };
                socket.send(Message::text(format!("{text} {text}"))).await.unwrap();
                socket.close(None).await.unwrap();
                while let Some(Ok(_)) = socket.next().await {}
            };
            let talking = async {
                let (mut sender, mut receiver) = unix::connect(path).await.unwrap().split();
                sender.send("twice".to_owned()).await.unwrap();
                sender.flush().await.unwrap();
                let Some(Ok(Incoming::Line(line))) = receiver.receive().await else { panic!("no line") };
                assert_eq!(line, "twice twice");
                assert!(receiver.receive().await.is_none());
            };
            tokio::join!(serving, talking);
        }
        let refusing = async { answer(listener.accept().await.unwrap().0, REFUSAL).await };
        let (refused, asked) = tokio::join!(unix::connect(&path), refusing);
        assert_eq!(asked[0], "GET /rpc HTTP/1.1");
        let refused = refused.unwrap_err().to_string();
        assert!(refused.starts_with(&format!("cannot connect to unix://{}: 401", path.display())), "{refused}");
    }

    #[tokio::test]
    async fn nobody_behind_it_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sock");
        let error = unix::connect(&path).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert!(error.to_string().starts_with(&format!("cannot connect to unix://{}: ", path.display())), "{error}");
        drop(UnixListener::bind(&path).unwrap());
        assert_eq!(unix::connect(&path).await.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    }
}
