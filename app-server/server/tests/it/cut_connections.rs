//! The typed client behind a proxy that cuts connections: nothing is lost, nothing comes or is done twice.

use std::time::Duration;

use codex_app_server_client::{
    Backoff, Client, ClientError, ClientOptions, Reconnect, TurnEvent, TurnStream, Updates, websocket,
};
use codex_app_server_protocol::{methods, v2};
use codex_app_server_test_support::model::events;
use codex_app_server_test_support::{DEADLINE, Gate, ModelEndpoint, Reply};
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::reconnect::{OnPort, free};
use super::server;

/// Chance that can be repeated.
struct Chance(u64);

impl Chance {
    /// A number below this one.
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// What a proxy does with connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Pass,
    /// Nothing of the server comes through.
    Mute,
    /// Each connection is cut after so many bytes of one of its ways, as chance has it.
    Cut,
    /// Each is cut at once, and what of the server has not come through is lost.
    Closed,
}

/// Stands between client and server; the server lives on when a connection is cut.
struct Proxy {
    url: String,
    mode: watch::Sender<Mode>,
    cuts: watch::Sender<u64>,
}

impl Proxy {
    async fn start(to: &str, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let to = to.trim_start_matches("ws://").to_owned();
        let (mode, seen) = watch::channel(Mode::Pass);
        let cuts = watch::Sender::new(0);
        let counted = cuts.clone();
        tokio::spawn(async move {
            let mut chance = Chance(seed);
            while let Ok((client, _)) = listener.accept().await {
                let mode = seen.clone();
                // From within the handshake to well into what was missed. What the client sends to get there is longer than
                // the first limit, so that no connection is spared.
                let limits = match chance.below(4) {
                    0 => (chance.below(500), u64::MAX),
                    1 => (u64::MAX, chance.below(1500)),
                    _ => (u64::MAX, chance.below(5_000)),
                };
                let counted = counted.clone();
                if let Ok(server) = TcpStream::connect(&to).await {
                    client.set_nodelay(true).and(server.set_nodelay(true)).unwrap();
                    tokio::spawn(carry(client, server, mode, limits, counted));
                }
            }
        });
        Self { url, mode, cuts }
    }

    fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }

    fn cuts(&self) -> u64 {
        *self.cuts.borrow()
    }

    /// Cuts what there is.
    async fn cut(&self) {
        let mut cuts = self.cuts.subscribe();
        let before = *cuts.borrow();
        self.set(Mode::Closed);
        timeout(DEADLINE, cuts.wait_for(|cuts| *cuts > before)).await.expect("a connection to cut").unwrap();
    }
}

/// Carries one connection until it ends or is cut.
async fn carry(
    mut client: TcpStream,
    mut server: TcpStream,
    mode: watch::Receiver<Mode>,
    (up_limit, down_limit): (u64, u64),
    cuts: watch::Sender<u64>,
) {
    let mut changes = mode.clone();
    let is_cut = {
        let (mut from_client, mut to_client) = client.split();
        let (mut from_server, mut to_server) = server.split();
        tokio::select! {
            cut = pass(&mut from_client, &mut to_server, mode.clone(), up_limit, false) => cut,
            cut = pass(&mut from_server, &mut to_client, mode.clone(), down_limit, true) => cut,
            _ = changes.wait_for(|mode| *mode == Mode::Closed) => true,
        }
    };
    if is_cut {
        cuts.send_modify(|cuts| *cuts += 1);
    }
}

/// Passes bytes on until their end, or until so many have come while connections are cut; whether it was that.
async fn pass(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    mut mode: watch::Receiver<Mode>,
    limit: u64,
    is_of_server: bool,
) -> bool {
    let mut buffer = [0; 512];
    let mut left = limit;
    loop {
        let Ok(read) = from.read(&mut buffer).await else { return false };
        if is_of_server && mode.wait_for(|mode| matches!(mode, Mode::Pass | Mode::Cut)).await.is_err() {
            return false;
        }
        let cuts = *mode.borrow() == Mode::Cut;
        let passed = if cuts { read.min(usize::try_from(left).unwrap_or(usize::MAX)) } else { read };
        if read == 0 || to.write_all(&buffer[..passed]).await.is_err() {
            return false;
        }
        if cuts {
            left -= passed as u64;
            if left == 0 {
                return true;
            }
        }
    }
}

async fn dial(url: &str) -> (Client, Updates) {
    let backoff = Backoff { first: Duration::from_millis(1), cap: Duration::from_millis(4), ..Backoff::default() };
    let dialing = Client::dial(
        websocket::dialer(url),
        ClientOptions::new("test", "1"),
        Reconnect { backoff, ..Reconnect::default() },
    );
    let (client, updates, _) = dialing.await.unwrap();
    (client, updates)
}

fn say(text: &str) -> Vec<v2::UserInput> {
    vec![v2::UserInput::Text { text: text.to_owned(), text_elements: Vec::new() }]
}

async fn start_thread(client: &Client) -> String {
    client.call::<methods::ThreadStart>(v2::ThreadStartParams::default()).await.unwrap().thread.id
}

/// Starts a turn, however often connections break.
async fn turn(client: &Client, thread: &str, text: &str) -> TurnStream {
    let starting = async {
        loop {
            client.ready().await.unwrap();
            match client.turn(thread, say(text)).await {
                // There was no connection in this moment.
                Err(ClientError::Closed { unsent: true, .. }) => tokio::task::yield_now().await,
                started => return started.unwrap(),
            }
        }
    };
    timeout(DEADLINE, starting).await.expect("the turn is started in time")
}

async fn next(stream: &mut TurnStream) -> TurnEvent {
    timeout(DEADLINE, stream.next()).await.expect("an event in time").expect("the stream has not ended")
}

/// What was told of a turn, in short: neighbouring pieces of one text are one entry.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told(Vec<(String, String)>);

impl Told {
    fn add(&mut self, what: &str, about: &str) {
        match self.0.last_mut() {
            Some((last, text)) if last == what && what.starts_with("delta") => text.push_str(about),
            _ => self.0.push((what.to_owned(), about.to_owned())),
        }
    }

    /// Adds an event of a stream; whether it was the last. The connection is not part of the turn.
    fn stream(&mut self, event: TurnEvent) -> bool {
        match event {
            TurnEvent::Delta(delta) => self.add(&format!("delta {}", delta.item_id), &delta.text),
            TurnEvent::ItemStarted(item) => self.add("started", item.kind.id()),
            TurnEvent::ItemCompleted(item) => self.add("completed", item.kind.id()),
            TurnEvent::Notice(notice) => self.add("notice", notice.method()),
            TurnEvent::Disconnected { .. } => {}
            TurnEvent::Completed(turn) => {
                self.add("end", &format!("{:?}", turn.status));
                return true;
            }
            other => panic!("{other:?}"),
        }
        false
    }

    /// Adds a message as it stands on a wire that is never cut.
    fn wire(&mut self, turn_id: &str, message: &Value) {
        let params = &message["params"];
        if params["turnId"] != *turn_id && params["turn"]["id"] != *turn_id {
            return;
        }
        let method = message["method"].as_str().unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match method {
            "item/agentMessage/delta" => {
                self.add(&format!("delta {}", text(&params["itemId"])), &text(&params["delta"]))
            }
            "item/started" => self.add("started", &text(&params["item"]["id"])),
            "item/completed" => self.add("completed", &text(&params["item"]["id"])),
            "turn/completed" => self.add("end", "Completed"),
            _ => self.add("notice", method),
        }
    }
}

/// A message in many pieces, each a word of its own.
fn words(turn: u64, message: u64, count: u64) -> Vec<String> {
    (0..count).map(|word| format!("{turn}.{message}.{word} ")).collect()
}

/// Messages of a turn: a long one and short ones, whose beginnings and ends cannot be merged.
const MESSAGES: u64 = 24;
/// Words of the long one.
const LONG: u64 = 400;

fn messages(turn: u64) -> Vec<Vec<String>> {
    (0..MESSAGES).map(|message| words(turn, message, if message == 0 { LONG } else { 12 })).collect()
}

/// A turn that waits in the middle of its first message.
fn reply(turn: u64, gate: &Gate) -> Reply {
    let messages = messages(turn);
    let (before, behind) = messages[0].split_at(messages[0].len() / 2);
    let deltas = |reply: Reply, pieces: &[String]| {
        pieces.iter().fold(reply, |reply, piece| reply.event(&events::text_delta("msg_0", piece)))
    };
    let reply = deltas(Reply::turn().event(&events::message_opened("msg_0")), before).gate(gate);
    let done = events::item_done(events::message_item("msg_0", &messages[0].concat()));
    let reply = deltas(reply, behind).event(&done);
    messages.iter().enumerate().skip(1).fold(reply, |reply, (number, pieces)| {
        let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
        reply.message_of(&format!("msg_{number}"), &pieces)
    })
}

#[tokio::test]
async fn a_stream_over_hundreds_of_cuts_is_that_over_none() {
    const TURNS: u64 = 5;
    let model = ModelEndpoint::start().await;
    model.say("Before");
    let mut running = server().model(&model).start_websocket().await;
    let proxy = Proxy::start(running.url().unwrap(), 0x9e37_79b9_7f4a_7c15).await;
    let (client, updates) = dial(&proxy.url).await;
    drop(updates);
    let thread = start_thread(&client).await;
    turn(&client, &thread, "Hi").await.completed().await.unwrap();
    let watcher = running.client().await;
    watcher.call("thread/resume", json!({"threadId": thread})).await;
    watcher.rest();
    proxy.set(Mode::Cut);
    for number in 0..TURNS {
        let gate = Gate::new();
        model.push(reply(number, &gate));
        let mut stream = turn(&client, &thread, "go on").await;
        let mut told = Told::default();
        gate.reached().await;
        // It opens when about a quarter was told.
        let mut count = 0;
        loop {
            let event = next(&mut stream).await;
            if let TurnEvent::Delta(delta) = &event {
                count += delta.text.matches(' ').count() as u64;
            }
            if told.stream(event) {
                break;
            }
            if count >= LONG / 4 {
                gate.open();
            }
        }
        assert!(stream.next().await.is_none());
        let seen = watcher.until("turn/completed").await;
        let mut expected = Told::default();
        seen.iter().for_each(|message| expected.wire(stream.turn_id(), message));
        assert_eq!(told, expected, "turn {number}, after {} cuts", proxy.cuts());
        let text: String =
            told.0.iter().filter(|(what, _)| what.starts_with("delta")).map(|(_, text)| &**text).collect();
        assert_eq!(text, messages(number).concat().concat());
    }
    assert!(proxy.cuts() >= 200, "{}", proxy.cuts());
    assert_eq!(model.requests().len() as u64, TURNS + 1, "each turn was started once");
    proxy.set(Mode::Pass);
    watcher.ignore_rest();
    drop(watcher);
    client.ready().await.unwrap();
    client.close().await.unwrap();
    running.finish().await;
}

/// Starts a turn whose answer never arrives; the connection is cut once the model was asked.
async fn answer_lost(
    client: &Client,
    thread: &str,
    proxy: &Proxy,
    model: &ModelEndpoint,
) -> JoinHandle<Result<TurnStream, ClientError>> {
    proxy.set(Mode::Mute);
    let turning = tokio::spawn({
        let (client, thread) = (client.clone(), thread.to_owned());
        async move { client.turn(thread, say("Hi")).await }
    });
    model.wait_requests(1).await;
    proxy.cut().await;
    turning
}

#[tokio::test]
async fn a_turn_whose_answer_is_lost_is_started_once() {
    let model = ModelEndpoint::start().await;
    model.say("Once and whole");
    let running = server().model(&model).start_websocket().await;
    let proxy = Proxy::start(running.url().unwrap(), 1).await;
    let (client, _updates) = dial(&proxy.url).await;
    let thread = start_thread(&client).await;
    let turning = answer_lost(&client, &thread, &proxy, &model).await;
    proxy.set(Mode::Pass);
    let mut stream = turning.await.unwrap().unwrap();
    let mut told = Told::default();
    while !told.stream(next(&mut stream).await) {}
    let text: String = told.0.iter().filter(|(what, _)| what.starts_with("delta")).map(|(_, text)| &**text).collect();
    assert_eq!(text, "Once and whole");
    assert_eq!(model.requests().len(), 1);
    client.close().await.unwrap();
    running.finish().await;
}

#[tokio::test]
async fn a_turn_whose_answer_and_server_are_lost_is_known_to_the_next_server() {
    let model = ModelEndpoint::start().await;
    model.push(Reply::turn().message_of("msg_1", &["Half"]).hang());
    let builder = server().model(&model);
    let url = free().await;
    let first = OnPort::start(&builder, &url).await;
    let proxy = Proxy::start(&url, 1).await;
    let (client, _updates) = dial(&proxy.url).await;
    let thread = start_thread(&client).await;
    let turning = answer_lost(&client, &thread, &proxy, &model).await;
    first.kill().await;
    let second = OnPort::start(&builder, &url).await;
    proxy.set(Mode::Pass);
    let mut stream = turning.await.unwrap().unwrap();
    let last = loop {
        match next(&mut stream).await {
            TurnEvent::Completed(turn) => break turn,
            TurnEvent::Lost { reason } => panic!("{reason}"),
            _ => {}
        }
    };
    assert_eq!((last.status, &*last.id), (v2::TurnStatus::Interrupted, stream.turn_id()));
    assert_eq!(model.requests().len(), 1, "it is not begun a second time");
    client.close().await.unwrap();
    second.kill().await;
}
