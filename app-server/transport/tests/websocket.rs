//! Websocket connections over loopback: the handshake, frames both ways, every way to end, slow and stuck clients.
#![expect(clippy::unwrap_used, reason = "the functions that the tests share fail by panicking, as the tests do")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::v2::WarningNotification;
use codex_app_server_protocol::{Event, ServerNotification};
use codex_app_server_transport::{
    CloseReason, Connection, ConnectionKind, DropReason, InboundLine, ListenerSettings, OutboundLimits, Page, Pages,
    TransportSettings, WebSocketListener,
};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame, FrameHeader};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn listener(transport: TransportSettings) -> WebSocketListener {
    listener_with(ListenerSettings { transport, ..ListenerSettings::default() }).await
}

async fn listener_with(settings: ListenerSettings) -> WebSocketListener {
    WebSocketListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)), settings).await.unwrap()
}

fn addr(listener: &WebSocketListener) -> SocketAddr {
    let url = listener.address().to_string();
    url.strip_prefix("ws://").unwrap().parse().unwrap()
}

async fn connect(listener: &WebSocketListener) -> (Client, Connection) {
    let url = format!("ws://{}/any/path", addr(listener));
    let (client, connection) = tokio::join!(connect_async(url), listener.accept());
    (client.unwrap().0, connection.unwrap())
}

/// A listener with one client.
async fn pair(settings: TransportSettings) -> (WebSocketListener, Client, Connection) {
    let listener = listener(settings).await;
    let (client, connection) = connect(&listener).await;
    (listener, client, connection)
}

/// Accepts, and ends what is accepted, until the listener is stopped.
fn serve(listener: &Arc<WebSocketListener>) -> JoinHandle<usize> {
    let listener = Arc::clone(listener);
    tokio::spawn(async move {
        let mut accepted = 0;
        while listener.accept().await.is_some() {
            accepted += 1;
        }
        accepted
    })
}

fn warning(seq: u64, message: String) -> Arc<Event> {
    let body = ServerNotification::Warning(WarningNotification { thread_id: None, message });
    Arc::new(Event::new(None, seq, 5, body))
}

fn line(text: &'static str) -> Option<InboundLine> {
    Some(InboundLine::Line(text.into()))
}

async fn http(addr: SocketAddr, request: &str) -> String {
    let mut socket = TcpStream::connect(addr).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn messages_go_both_ways() {
    let (_listener, mut client, mut connection) = pair(TransportSettings::default()).await;
    assert!(matches!(connection.kind, ConnectionKind::WebSocket { peer } if peer.ip().is_loopback()));
    for text in ["{}", "two\nlines", ""] {
        client.send(Message::text(text)).await.unwrap();
        assert_eq!(connection.inbound.next().await, line(text));
    }
    let event = warning(1, "careful".to_owned());
    connection.outbound.push_line("answer".to_owned());
    connection.outbound.push_event(Arc::clone(&event));
    assert_eq!(client.next().await.unwrap().unwrap(), Message::text("answer"));
    assert_eq!(client.next().await.unwrap().unwrap(), Message::text(event.line()));
}

#[tokio::test]
async fn binary_frames_are_dropped_pings_answered_fragments_joined() {
    let (_listener, mut client, mut connection) = pair(TransportSettings::default()).await;
    client.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(connection.inbound.next().await, Some(InboundLine::Dropped { reason: DropReason::Binary }));
    client.send(Message::Frame(Frame::message("one ", OpCode::Data(Data::Text), false))).await.unwrap();
    client.send(Message::Ping("hey".into())).await.unwrap();
    client.send(Message::Frame(Frame::message("text", OpCode::Data(Data::Continue), true))).await.unwrap();
    let (inbound, pong) = tokio::join!(connection.inbound.next(), client.next());
    assert_eq!(inbound, line("one text"));
    assert_eq!(pong.unwrap().unwrap(), Message::Pong("hey".into()));
}

#[tokio::test]
async fn plain_http_is_answered() {
    let listener = Arc::new(listener(TransportSettings::default()).await);
    let serving = serve(&listener);
    let at = addr(&listener);
    for (request, status, body) in [
        ("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 OK", Some("")),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "200 OK", Some("")),
        ("GET /readyz HTTP/1.1\r\nOrigin: http://localhost\r\n\r\n", "403 Forbidden", Some("")),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "400 Bad Request", None),
        ("POST /readyz HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "405 Method Not Allowed", None),
        ("\x16\x03\x01\r\n\r\n", "400 Bad Request", Some("")),
    ] {
        let answer = http(at, request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{request}: {answer}");
        if let Some(body) = body {
            assert_eq!(answer.split_once("\r\n\r\n").unwrap().1, body, "{request}");
        }
    }
    let endless = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(17_000));
    assert!(http(at, &endless).await.starts_with("HTTP/1.1 431 "));
    listener.stop();
    assert_eq!(serving.await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_sent_right_behind_the_handshake_is_not_lost() {
    let listener = listener(TransportSettings::default()).await;
    let mut socket = TcpStream::connect(addr(&listener)).await.unwrap();
    let mut bytes = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        .to_vec();
    let header = FrameHeader { opcode: OpCode::Data(Data::Text), mask: Some([0; 4]), ..FrameHeader::default() };
    header.format(5, &mut bytes).unwrap();
    bytes.extend_from_slice(b"early");
    socket.write_all(&bytes).await.unwrap();
    let mut connection = listener.accept().await.unwrap();
    assert_eq!(connection.inbound.next().await, line("early"));
}

#[tokio::test]
async fn peers_that_do_not_finish_the_handshake_delay_nobody() {
    let listener = listener(TransportSettings::default()).await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut socket = TcpStream::connect(addr(&listener)).await.unwrap();
        socket.write_all(b"GET / HT").await.unwrap();
        slow.push(socket);
    }
    let (mut client, connection) = connect(&listener).await;
    connection.outbound.push_line("here".to_owned());
    assert_eq!(client.next().await.unwrap().unwrap(), Message::text("here"));
}

#[tokio::test]
async fn a_client_that_closes_gets_a_frame_without_a_code() {
    let (listener, mut client, mut connection) = pair(TransportSettings::default()).await;
    client.close(Some(CloseFrame { code: CloseCode::Normal, reason: "bye".into() })).await.unwrap();
    assert_eq!(connection.inbound.next().await, None);
    assert_eq!(connection.outbound.closed(), Some(CloseReason::PeerGone));
    assert_eq!(client.next().await.unwrap().unwrap(), Message::Close(None));
    assert!(client.next().await.is_none());
    connection.outbound.finished().await;
    listener.stop();
    listener.drained().await;
}

#[tokio::test]
async fn a_client_that_vanishes_ends_its_connection() {
    let (_listener, client, mut connection) = pair(TransportSettings::default()).await;
    drop(client);
    assert_eq!(connection.inbound.next().await, None);
    assert_eq!(connection.outbound.closed(), Some(CloseReason::PeerGone));
    connection.outbound.finished().await;
}

#[tokio::test]
async fn a_vanished_client_is_noticed_by_writing_too() {
    let (_listener, client, connection) = pair(TransportSettings::default()).await;
    let MaybeTlsStream::Plain(socket) = client.into_inner() else { panic!("not plain") };
    // Unread bytes turn the end into a reset.
    connection.outbound.push_line("unread".to_owned());
    socket.readable().await.unwrap();
    drop(socket);
    let writing = async {
        while connection.outbound.closed().is_none() {
            connection.outbound.push_line("more".to_owned());
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), writing).await.unwrap();
    assert_eq!(connection.outbound.closed(), Some(CloseReason::PeerGone));
}

#[tokio::test]
async fn going_away_writes_what_waits_and_says_so() {
    let (listener, mut client, mut connection) = pair(TransportSettings::default()).await;
    let big = "x".repeat(1 << 20);
    for _ in 0..20 {
        connection.outbound.push_line(big.clone());
    }
    connection.outbound.close(CloseReason::GoingAway);
    assert_eq!(connection.inbound.next().await, None);
    for _ in 0..20 {
        assert_eq!(client.next().await.unwrap().unwrap().len(), 1 << 20);
    }
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!((frame.code, frame.reason.as_str()), (CloseCode::Away, "the server is going away"));
    listener.stop();
    drop(client);
    listener.drained().await;
}

#[tokio::test]
async fn an_error_is_told_within_the_length_of_a_close_frame() {
    let (_listener, mut client, connection) = pair(TransportSettings::default()).await;
    connection.outbound.close(CloseReason::Error("é".repeat(100)));
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!((frame.code, frame.reason.as_str()), (CloseCode::Policy, "é".repeat(61).as_str()));
}

#[tokio::test]
async fn a_bad_message_costs_that_message_only() {
    let settings = TransportSettings { max_line_bytes: 1000, ..TransportSettings::default() };
    let (_listener, mut client, mut connection) = pair(settings).await;
    client.send(Message::text("x".repeat(1001))).await.unwrap();
    let reason = DropReason::TooLong { bytes: 1001, limit: 1000 };
    assert_eq!(connection.inbound.next().await, Some(InboundLine::Dropped { reason }));
    client.send(Message::Frame(Frame::message(vec![0xff, 0xfe], OpCode::Data(Data::Text), true))).await.unwrap();
    assert_eq!(connection.inbound.next().await, Some(InboundLine::Line(vec![0xff, 0xfe].into())));
    client.send(Message::text("fine")).await.unwrap();
    assert_eq!(connection.inbound.next().await, line("fine"));
}

#[tokio::test]
async fn frames_against_the_protocol_end_the_connection() {
    let (_listener, mut client, mut connection) = pair(TransportSettings::default()).await;
    client.send(Message::Frame(Frame::message("x", OpCode::Data(Data::Reserved(5)), true))).await.unwrap();
    assert_eq!(connection.inbound.next().await, None);
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!((frame.code, frame.reason.as_str()), (CloseCode::Policy, "a frame of an unknown kind"));
}

#[tokio::test]
async fn a_stuck_client_is_closed_and_others_go_on() {
    let outbound = OutboundLimits { hard_bytes: 1 << 20, ..OutboundLimits::default() };
    let (listener, mut stuck, slow) = pair(TransportSettings { outbound, ..TransportSettings::default() }).await;
    let (mut client, fast) = connect(&listener).await;
    assert_ne!(slow.id, fast.id);
    let text = "x".repeat(10_000);
    let mut seq = 0;
    while slow.outbound.closed().is_none() {
        seq += 1;
        let event = warning(seq, text.clone());
        slow.outbound.push_event(Arc::clone(&event));
        fast.outbound.push_event(event);
        client.next().await.unwrap().unwrap();
        assert!(slow.outbound.queued_bytes() <= (1 << 20) + 20_000);
        assert!(seq < 100_000, "never closed");
    }
    assert!(matches!(slow.outbound.closed(), Some(CloseReason::TooSlow { queued_bytes }) if queued_bytes >= 1 << 20));
    slow.outbound.finished().await;
    fast.outbound.push_line("still here".to_owned());
    assert_eq!(client.next().await.unwrap().unwrap(), Message::text("still here"));
    // Nothing but whole messages, a close frame or the end of the socket reaches the stuck one.
    loop {
        match stuck.next().await {
            Some(Ok(Message::Text(text))) => assert!(text.ends_with('}')),
            Some(Ok(Message::Close(frame))) => assert_eq!(frame.unwrap().code, CloseCode::Again),
            Some(Ok(other)) => panic!("{other:?}"),
            Some(Err(Error::Protocol(_) | Error::Io(_))) | None => break,
            Some(Err(error)) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn a_slow_client_that_catches_up_in_time_is_told_why_it_was_closed() {
    let outbound = OutboundLimits { hard_bytes: 1 << 20, ..OutboundLimits::default() };
    let (_listener, mut client, connection) =
        pair(TransportSettings { outbound, ..TransportSettings::default() }).await;
    let mut seq = 0;
    while connection.outbound.closed().is_none() {
        seq += 1;
        connection.outbound.push_event(warning(seq, "x".repeat(10_000)));
        if seq % 100 == 0 {
            tokio::task::yield_now().await;
        }
    }
    let code = loop {
        match client.next().await.unwrap().unwrap() {
            Message::Close(frame) => break frame.unwrap().code,
            message => assert!(message.is_text()),
        }
    };
    assert_eq!(code, CloseCode::Again);
}

#[tokio::test]
async fn a_stopped_listener_refuses_new_clients_and_keeps_the_others() {
    let listener = Arc::new(listener(TransportSettings::default()).await);
    let (mut client, mut connection) = connect(&listener).await;
    let serving = serve(&listener);
    listener.stop();
    serving.await.unwrap();
    assert!(TcpStream::connect(addr(&listener)).await.is_err());
    client.send(Message::text("still here")).await.unwrap();
    assert_eq!(connection.inbound.next().await, line("still here"));
    drop(connection);
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!(frame.code, CloseCode::Away);
    drop(client);
    listener.drained().await;
}

#[tokio::test]
async fn an_address_in_use_is_named() {
    let first = listener(TransportSettings::default()).await;
    let error = WebSocketListener::bind(addr(&first), ListenerSettings::default()).await.unwrap_err();
    assert!(error.to_string().starts_with(&format!("cannot listen on {}: ", addr(&first))), "{error}");
}

const UPGRADE: &str = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

#[tokio::test]
async fn over_the_limit_clients_are_told_and_probes_answered_until_a_place_is_free() {
    let listener = listener_with(ListenerSettings { max_connections: 1, ..ListenerSettings::default() }).await;
    let at = addr(&listener);
    let (client, connection) = connect(&listener).await;
    let listener = Arc::new(listener);
    let serving = serve(&listener);
    let answer = http(at, UPGRADE).await;
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{answer}");
    assert!(answer.ends_with("This server takes 1 connections at a time, and has them"), "{answer}");
    assert!(http(at, "GET /readyz HTTP/1.1\r\n\r\n").await.starts_with("HTTP/1.1 200 "));
    drop(client);
    connection.outbound.close(CloseReason::PeerGone);
    connection.outbound.finished().await;
    let free = async {
        while connect_async(format!("ws://{at}")).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), free).await.unwrap();
    listener.stop();
    assert_eq!(serving.await.unwrap(), 1);
}

#[tokio::test]
async fn a_handshake_that_takes_too_long_is_told_so() {
    let handshake_time = Duration::from_millis(50);
    let listener = Arc::new(listener_with(ListenerSettings { handshake_time, ..ListenerSettings::default() }).await);
    let serving = serve(&listener);
    for beginning in ["", "GET / HTTP/1.1\r\nHost: local"] {
        let answer = http(addr(&listener), beginning).await;
        assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
        assert!(answer.ends_with("The handshake took longer than 50ms"), "{answer}");
    }
    listener.stop();
    assert_eq!(serving.await.unwrap(), 0);
}

#[tokio::test]
async fn pages_are_answered_beside_the_probes() {
    let pages = Pages::new(|path| {
        let body = path.strip_prefix("/say/")?.to_owned();
        Some(Page { content_type: "text/plain; version=1", body })
    });
    let listener = Arc::new(listener_with(ListenerSettings { pages, ..ListenerSettings::default() }).await);
    let serving = serve(&listener);
    let at = addr(&listener);
    let answer = http(at, "GET /say/words?x HTTP/1.1\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("content-type: text/plain; version=1\r\n"));
    assert!(answer.ends_with("content-length: 5\r\n\r\nwords"), "{answer}");
    let answer = http(at, "HEAD /say/words HTTP/1.1\r\n\r\n").await;
    assert!(answer.ends_with("content-length: 5\r\n\r\n"), "{answer}");
    assert!(http(at, "GET /other HTTP/1.1\r\n\r\n").await.starts_with("HTTP/1.1 400 "));
    listener.stop();
    assert_eq!(serving.await.unwrap(), 0);
}

/// Long enough for a busy machine to answer, short enough to be waited for.
const PING_INTERVAL: Option<Duration> = Some(Duration::from_millis(200));

#[tokio::test]
async fn a_silent_client_that_answers_pings_stays() {
    let listener =
        listener_with(ListenerSettings { ping_interval: PING_INTERVAL, ..ListenerSettings::default() }).await;
    let (mut client, mut connection) = connect(&listener).await;
    let mut reading = std::pin::pin!(connection.inbound.next());
    for _ in 0..3 {
        let asked = tokio::select! {
            asked = client.next() => asked,
            ended = &mut reading => panic!("{ended:?}"),
        };
        // It answers by reading on.
        assert_eq!(asked.unwrap().unwrap(), Message::Ping(Vec::new().into()));
    }
    client.send(Message::text("still here")).await.unwrap();
    assert_eq!(reading.await, line("still here"));
}

#[tokio::test]
async fn a_client_that_answers_no_ping_is_closed_with_a_reason() {
    let listener =
        listener_with(ListenerSettings { ping_interval: PING_INTERVAL, ..ListenerSettings::default() }).await;
    let (mut client, mut connection) = connect(&listener).await;
    assert_eq!(connection.inbound.next().await, None);
    let after = PING_INTERVAL.unwrap();
    assert_eq!(connection.outbound.closed(), Some(CloseReason::Unresponsive { after }));
    assert_eq!(client.next().await.unwrap().unwrap(), Message::Ping(Vec::new().into()));
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!((frame.code, frame.reason.as_str()), (CloseCode::Error, "no answer to a ping within 200ms"));
}
