//! One-response under random conversations: whatever else happens, a request is answered while its connection lives.
//!
//! What is asked comes from a seed, which is named when a round fails. The rounds in process give requests up and end the
//! server under way; those over sockets end connections. Handlers that panic are the business of the dispatcher's own tests.

use std::time::Duration;

use codex_app_server::embed::{EmbedOptions, Embedded, EmbeddedEvent, EmbeddedEvents};
use codex_app_server_protocol::{ClientRequest, RpcError, methods};
use codex_app_server_test_support::{DEADLINE, TestHome};
use futures_util::FutureExt;
use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{GHOST, server};

const SCRIPT: &str = "[pace]\ndelay_ms = 2\n[[answer]]\nwhen = 'run'\n\
    calls = [{ name = 'exec_command', arguments = { cmd = 'echo ran' } }]\nthen = [{ text = 'Done' }]\n\
    [[answer]]\nwhen = 'hang'\ntext = 'Not to the '\nend = 'hang'\n\
    [[answer]]\nwhen = 'fail'\nend = { fail = { code = 'invalid_prompt', message = 'no' } }\n\
    [default]\ntext = 'A few words that come one after the other'\n";
const ROUNDS: u64 = 12;
const STEPS: usize = 60;

/// A home whose model is the scripted one.
const FILES: &[(&str, &str)] = &[
    ("config.toml", "model_provider = 'scripted'\nsandbox_mode = 'danger-full-access'\n"),
    ("script.toml", SCRIPT),
    ("app-server.toml", "[limits]\nshutdown_drain_s = 0\n[scripted]\nscript = 'script.toml'\n"),
];

/// Numbers that repeat with their seed (xorshift).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % limit as u64).unwrap()
    }

    fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// A request that parses; whether it can succeed is another matter.
    fn request(&mut self, threads: &[String]) -> (&'static str, Value) {
        let thread = match self.below(12) {
            0 => GHOST,
            1 => "junk",
            at => &threads[at % threads.len()],
        };
        let of = json!({"threadId": thread});
        match self.below(16) {
            0..=3 => {
                let text = self.of(&["run it", "hang on", "fail now", "talk"]);
                ("turn/start", json!({"threadId": thread, "input": [{"type": "text", "text": text}]}))
            }
            4 => ("turn/interrupt", json!({"threadId": thread, "turnId": ""})),
            5 => ("thread/resume", of),
            6 => ("thread/read", json!({"threadId": thread, "includeTurns": true})),
            7 => ("thread/unsubscribe", of),
            8 => ("thread/list", json!({"limit": 3})),
            9 => ("thread/turns/list", of),
            10 => ("config/read", json!({})),
            11 => ("model/list", json!({})),
            12 => ("thread/name/set", json!({"threadId": thread, "name": "name"})),
            13 => ("command/exec", json!({"command": ["sleep", "0.01"]})),
            14 => ("command/exec/terminate", json!({"processId": "nothing"})),
            _ => ("thread/compact/start", of),
        }
    }
}

async fn start_thread(server: &Embedded) -> String {
    let params = json!({"approvalPolicy": "untrusted"});
    server.call::<methods::ThreadStart>(serde_json::from_value(params).unwrap()).await.unwrap().thread.id
}

/// Leaves some of the questions open and refuses the others, until the server has ended.
async fn answer(server: Embedded, mut events: EmbeddedEvents, mut random: Random) {
    while let Some(event) = timeout(DEADLINE, events.next()).await.expect("the server is silent and does not end") {
        if let EmbeddedEvent::Request { id, .. } = event
            && random.below(2) == 0
        {
            server.refuse(&id, RpcError { code: -1, data: None, message: "no".to_owned() });
        }
    }
}

async fn round(seed: u64) {
    let home = TestHome::new();
    for (name, text) in FILES {
        home.write(name, text);
    }
    let options = EmbedOptions::new("test", "1").home(&home.codex_home()).experimental();
    let (server, events, _) = Embedded::start(options).await.unwrap();
    let mut random = Random::new(seed);
    let threads = [start_thread(&server).await, start_thread(&server).await, start_thread(&server).await];
    let answering = tokio::spawn(answer(server.clone(), events, Random::new(seed + 1000)));
    let end = random.below(STEPS);
    let mut ending = None;
    let mut open = Vec::new();
    for step in 0..STEPS {
        if step == end {
            ending = Some(tokio::spawn(server.clone().shutdown()));
        }
        let (method, params) = random.request(&threads);
        let request = ClientRequest::decode(method, Some(&to_raw_value(&params).unwrap())).unwrap().unwrap();
        let server = server.clone();
        let mut asked = Box::pin(async move { server.request(request).await });
        match random.below(4) {
            // Begun, and given up when it does not end at once.
            0 => drop((&mut asked).now_or_never()),
            1 => {
                let given_up = Duration::from_millis(random.below(20) as u64);
                open.push((method, tokio::spawn(async move { drop(timeout(given_up, asked).await) })));
            }
            _ => open.push((method, tokio::spawn(async move { drop(asked.await) }))),
        }
        if random.below(3) == 0 {
            tokio::task::yield_now().await;
        }
    }
    for (method, asked) in open {
        timeout(DEADLINE, asked).await.unwrap_or_else(|_| panic!("seed {seed}: {method} was not answered")).unwrap();
    }
    timeout(DEADLINE, ending.unwrap()).await.unwrap_or_else(|_| panic!("seed {seed}: it does not end")).unwrap();
    answering.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_response() {
    for seed in 1..=ROUNDS {
        round(seed).await;
    }
}

#[tokio::test]
async fn who_stays_is_answered_whoever_else_goes() {
    const CLIENTS: usize = 8;
    let builder = FILES.iter().fold(server(), |builder, (name, text)| builder.file(name, text));
    let mut server = builder.start_websocket().await;
    let mut random = Random::new(1);
    let (mut clients, mut threads) = (Vec::new(), Vec::new());
    for _ in 0..CLIENTS {
        let client = server.client().await;
        let thread = client.start_thread(json!({"approvalPolicy": "untrusted"})).await;
        client.run_turn(&thread, "talk").await;
        clients.push(client);
        threads.push(thread);
    }
    for _ in 0..CLIENTS / 2 {
        for _ in 0..STEPS {
            let (method, params) = random.request(&threads);
            clients[random.below(clients.len())].post(method, params).await;
        }
        let gone = clients.swap_remove(random.below(clients.len()));
        gone.ignore_rest();
        drop(gone);
    }
    // It waits for all answers, and the checker counts them.
    for client in clients {
        let _ = client.finish().await;
    }
    server.finish().await;
}
