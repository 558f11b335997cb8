//! `soak SERVER [MINUTES] [SEED]`: many clients that come, go, stall and die, and what is left when they are gone.
//!
//! The server listens on a websocket with a scripted model. Every round puts the same load on it: 50 threads that stream turns
//! and 200 connections that join, leave, stop reading, break off and come back; then its threads are deleted. The first round
//! warms it up and is the baseline. Ends with 1 when a request of a living connection was not answered, a turn did not end
//! exactly once, or when memory, descriptors, threads or tasks are not back after a round.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a program for developers: it prints, and a fault ends it"
)]

mod load;
mod peer;
mod server;

use std::sync::Arc;
use std::time::Duration;

use load::Ledger;
use server::{Figures, Server};

/// How long the load of a round lasts.
const ROUND: Duration = Duration::from_secs(15);
/// Rounds that a minute holds, with the time in which the server comes to rest.
const ROUNDS_A_MINUTE: f64 = 3.0;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let binary = arguments.first().expect("usage: soak SERVER_BINARY [MINUTES] [SEED]");
    let minutes: f64 = arguments.get(1).map_or(2.0, |minutes| minutes.parse().expect("MINUTES is a number"));
    let seed: u64 = arguments.get(2).map_or(1, |seed| seed.parse().expect("SEED is a number"));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number of rounds")]
    let rounds = (minutes * ROUNDS_A_MINUTE).ceil().max(2.0) as u64;

    let server = Server::start(binary).await;
    let fresh = server.at_rest(None).await;
    println!("fresh:        {fresh}");
    let mut complaints = Vec::new();
    let mut baseline: Option<Figures> = None;
    for round in 0..rounds {
        let ledger = Arc::new(Ledger::default());
        let midway = async {
            tokio::time::sleep(ROUND / 2).await;
            server.figures().await
        };
        let seed = seed.wrapping_mul(1000).wrapping_add(round);
        let ((), busy) = tokio::join!(load::run(&server, &ledger, seed, ROUND), midway);
        ledger.look_up_turns(server.url()).await;
        ledger.delete_threads(server.url()).await;
        let rest = server.at_rest(baseline.as_ref()).await;
        println!("round {round} load: {busy}\nround {round} rest: {rest}\n              {}", ledger.summary());
        complaints.extend(ledger.complaints());
        complaints.extend(rest.complaints(baseline.as_ref()).into_iter().map(|what| format!("round {round}: {what}")));
        baseline.get_or_insert(rest);
    }
    complaints.extend(server.end().await);
    for complaint in &complaints {
        println!("does not hold: {complaint}");
    }
    println!("{rounds} rounds, {} complaints", complaints.len());
    std::process::exit(i32::from(!complaints.is_empty()));
}

/// Numbers that repeat with their seed (xorshift).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}
