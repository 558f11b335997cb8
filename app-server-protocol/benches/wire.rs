//! Speed of the crate: a request decoded, a delta encoded, everything exported. `just bench` runs it.

#![allow(clippy::unwrap_used, reason = "a measuring program: a fault ends it")]

use codex_app_server_protocol::envelope::Inbound;
use codex_app_server_protocol::export::{self, Surface};
use codex_app_server_protocol::v2::AgentMessageDeltaNotification;
use codex_app_server_protocol::{ClientRequest, ServerNotification};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const TURN_START: &str = r#"{"id":7,"method":"turn/start","params":{"threadId":"019a2f6e-3b1c-7d20-8000-5a4b3c2d1e0f","input":[{"type":"text","text":"Rename the function and run the tests."}],"model":"gpt-5.1-codex","effort":"medium"}}"#;
const LOADED_LIST: &str = r#"{"id":8,"method":"thread/loaded/list","params":{}}"#;

/// A line as it comes from a client, up to its typed params.
#[divan::bench(args = [TURN_START, LOADED_LIST], sample_size = 1000)]
fn decode_request(bencher: Bencher, line: &str) {
    bencher.bench(|| match Inbound::parse(black_box(line).as_bytes()).unwrap() {
        Inbound::Request { method, params, .. } => ClientRequest::decode(&method, params).unwrap().unwrap(),
        _ => unreachable!("the line is a request"),
    });
}

/// A text delta as a line.
#[divan::bench(sample_size = 1000)]
fn encode_delta(bencher: Bencher) {
    let delta = ServerNotification::AgentMessageDelta(AgentMessageDeltaNotification {
        thread_id: "019a2f6e-3b1c-7d20-8000-5a4b3c2d1e0f".to_owned(),
        turn_id: "019a2f6e-3b1c-7d20-8000-5a4b3c2d1e10".to_owned(),
        item_id: "msg_0123456789abcdef".to_owned(),
        delta: " the function".to_owned(),
    });
    bencher.bench(|| black_box(&delta).encode(1_700_000_000_000));
}

/// Every document of both surfaces, in memory.
#[divan::bench(sample_count = 20)]
fn export_everything() -> usize {
    [Surface::Stable, Surface::Experimental]
        .into_iter()
        .flat_map(|surface| [export::json_schema(surface), export::typescript(surface), export::own(surface)])
        .map(|files| files.len())
        .sum()
}

#[divan::bench(sample_count = 20, args = ["json", "typescript", "own"])]
fn export_stable(what: &str) -> usize {
    match what {
        "json" => export::json_schema(Surface::Stable),
        "typescript" => export::typescript(Surface::Stable),
        _ => export::own(Surface::Stable),
    }
    .len()
}
