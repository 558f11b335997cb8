//! Who joins a running turn, or comes back to it, sees what those see who were there all the time.

use std::sync::Arc;

use codex_app_server_protocol::ext::ThreadReplayOutcome;
use codex_app_server_protocol::v2::{ThreadItem, ThreadItemKind, Turn, TurnStatus};
use codex_app_server_protocol::{Event, ServerNotification};

use crate::harness::{Client, Lab, Options};

/// A turn with two texts, a summary and a command, in many deltas.
const STREAM: &str = "[[answer]]\nwhen = 'Go'\nreasoning = ['Thinking about it. ', 'And once more.']\n\
    text = 'Some words to say. '\nrepeat = 40\ndelta_chars = 3\n\
    calls = [{ name = 'exec_command', arguments = { cmd = 'true' } }]\n\
    then = [{ text = 'The end of all this. ', repeat = 40, delta_chars = 3 }]\n";
const UNCONFINED: &str = "sandbox_mode = 'danger-full-access'\napproval_policy = 'never'\n";

fn streaming(app_server: &str) -> Lab {
    Lab::with(Options { script: STREAM, config: UNCONFINED, app_server, ..Options::default() })
}

/// What is known of a turn after an event more.
fn note(items: &mut Vec<ThreadItem>, event: &Event) {
    let place = |items: &[ThreadItem], id: &str| items.iter().position(|item| item.kind.id() == id);
    match &event.body {
        ServerNotification::ItemStarted(started) => items.push(started.item.clone()),
        ServerNotification::ItemCompleted(completed) => {
            if let Some(place) = place(items, completed.item.kind.id()) {
                items.remove(place);
            }
            // Begun items stand behind the completed ones.
            let ended = items.iter().take_while(|item| item.completed_at_ms.is_some()).count();
            items.insert(ended, completed.item.clone());
        }
        ServerNotification::AgentMessageDelta(delta) => {
            let place = place(items, &delta.item_id).expect("the item has begun");
            let ThreadItemKind::AgentMessage { text, .. } = &mut items[place].kind else { panic!("no message") };
            text.push_str(&delta.delta);
        }
        ServerNotification::ReasoningSummaryTextDelta(delta) => {
            let place = place(items, &delta.item_id).expect("the item has begun");
            let ThreadItemKind::Reasoning { summary, .. } = &mut items[place].kind else { panic!("no reasoning") };
            let part = usize::try_from(delta.summary_index).unwrap();
            summary.resize(summary.len().max(part + 1), String::new());
            summary[part].push_str(&delta.delta);
        }
        _ => {}
    }
}

/// The items of a turn as it was before an event.
fn before(all: &[Arc<Event>], turn: &str, seq: u64) -> Vec<ThreadItem> {
    let mut items = Vec::new();
    let begin = all.iter().position(|event| match &event.body {
        ServerNotification::TurnStarted(started) => started.turn.id == turn,
        _ => false,
    });
    for event in all[begin.unwrap()..].iter().filter(|event| event.seq < seq) {
        note(&mut items, event);
    }
    items
}

fn until_the_end_of(turn: &str, mut events: Vec<Arc<Event>>) -> Vec<Arc<Event>> {
    let end = events.iter().position(|event| match &event.body {
        ServerNotification::TurnCompleted(completed) => completed.turn.id == turn,
        _ => false,
    });
    events.truncate(end.unwrap() + 1);
    events
}

/// Checks that events follow each other without a gap, up to the last one of those who were there all the time.
fn tail_of(all: &[Arc<Event>], seen: &[Arc<Event>]) {
    let tail = &all[all.len() - seen.len()..];
    let seqs = |events: &[Arc<Event>]| events.iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(seqs(seen), seqs(tail));
    assert!(seen.iter().zip(tail).all(|(one, other)| one.line() == other.line()));
}

/// Lossless-join: thousands of clients join while a turn streams; the snapshot and what comes after are the whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lossless_join() {
    const JOINS: usize = 2000;
    let lab = streaming("");
    let (mut joins, mut midway) = (0, 0);
    while joins < JOINS {
        let watcher = lab.noting_client();
        let thread = lab.start(&watcher).await;
        let turn = lab.turn(&watcher, &thread, "Go").await.unwrap();
        let mut joined = Vec::new();
        loop {
            let client = if joins % 2 == 0 { lab.noting_client() } else { lab.client() };
            let resumed = lab.resume(&client, &thread, false).await.unwrap();
            joins += 1;
            let last = resumed.thread.turns.into_iter().last().unwrap();
            let running = last.status == TurnStatus::InProgress;
            joined.push((client, last, joins % 2 == 1));
            if !running || joined.len() == 40 {
                break;
            }
        }
        watcher.completed(&turn).await;
        let all = until_the_end_of(&turn, watcher.placed());
        for (client, snapshot, notes_places) in &joined {
            if snapshot.status == TurnStatus::InProgress {
                client.completed(&turn).await;
                midway += usize::from(check_joined(&all, &turn, snapshot, client, *notes_places));
            }
            lab.engine.drop_subscriber(client.id);
        }
        lab.engine.drop_subscriber(watcher.id);
    }
    assert!(midway > JOINS / 20, "only {midway} of {joins} joined in the middle of the items");
}

/// Whether the client came when some items were told and others not.
fn check_joined(all: &[Arc<Event>], turn: &str, snapshot: &Turn, client: &Client, notes_places: bool) -> bool {
    let seen = until_the_end_of(turn, client.placed());
    tail_of(all, &seen);
    let next = seen.first().expect("the end of the turn came").seq;
    let known = before(all, turn, next);
    let expected: Vec<_> =
        known.iter().filter(|item| notes_places || item.completed_at_ms.is_some()).cloned().collect();
    assert_eq!(snapshot.items, expected);
    !known.is_empty() && seen.iter().any(|event| matches!(event.body, ServerNotification::ItemCompleted(_)))
}

/// Replay: a client that goes and comes back all the time has everything once, in order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_gets_what_was_missed_once_and_in_order() {
    const RETURNS: usize = 2000;
    let lab = streaming("[limits]\nreplay_bytes = 16777216\n");
    let watcher = lab.noting_client();
    let thread = lab.start(&watcher).await;
    lab.run(&watcher, &thread, "Go").await;
    let mut place = watcher.placed().last().unwrap().seq;
    watcher.names();
    let mut collected: Vec<Arc<Event>> = Vec::new();
    let mut returns = 0;
    while returns < RETURNS {
        let turn = lab.turn(&watcher, &thread, "Go").await.unwrap();
        for _ in 0..50 {
            let client = lab.noting_client();
            let answer = lab.replay(&client, &thread, Some(place)).await.unwrap();
            assert_eq!(answer.outcome, ThreadReplayOutcome::Replayed);
            tokio::task::yield_now().await;
            lab.engine.drop_subscriber(client.id);
            let placed = client.placed();
            assert!(placed.len() >= usize::try_from(answer.missed).unwrap());
            place = placed.last().map_or(place, |event| event.seq);
            collected.extend(placed);
            returns += 1;
        }
        watcher.completed(&turn).await;
    }
    let client = lab.noting_client();
    lab.replay(&client, &thread, Some(place)).await.unwrap();
    // Not before all that follows the answer has come.
    lab.engine.drop_subscriber(client.id);
    collected.extend(client.placed());
    let all = watcher.placed();
    assert_eq!(collected.len(), all.len());
    tail_of(&all, &collected);
}

#[tokio::test]
async fn what_is_too_old_is_told_and_answered_with_all_there_is() {
    let lab = streaming("[limits]\nreplay_bytes = 16384\n");
    let watcher = lab.noting_client();
    let thread = lab.start(&watcher).await;
    let turn = lab.run(&watcher, &thread, "Go").await;
    let all = watcher.placed();
    let (first, last) = (all.first().unwrap().seq, all.last().unwrap().seq);
    for after in [Some(first), Some(last + 1_000_000), None] {
        let answer = lab.replay(&lab.noting_client(), &thread, after).await.unwrap();
        assert_eq!((answer.outcome, answer.missed), (ThreadReplayOutcome::Snapshot, 0));
        let turns = answer.snapshot.unwrap().thread.turns;
        assert_eq!(turns.len(), 1);
        assert_eq!((&turns[0].id, turns[0].items.len()), (&turn.id, 5));
    }
    let client = lab.noting_client();
    let answer = lab.replay(&client, &thread, Some(last)).await.unwrap();
    assert_eq!((answer.outcome, answer.snapshot), (ThreadReplayOutcome::Replayed, None));
    assert_eq!(lab.run(&client, &thread, "Hello").await.status, TurnStatus::Completed, "it is subscribed");
    let error = lab.replay(&watcher, "junk", None).await.unwrap_err();
    assert!(error.to_string().starts_with("invalid session id"), "{error}");
}

#[tokio::test]
async fn a_place_of_an_earlier_loading_is_too_old() {
    let lab = streaming("");
    let client = lab.noting_client();
    let thread = lab.start(&client).await;
    let empty = lab.replay(&client, &thread, None).await.unwrap();
    assert_eq!(empty.snapshot.unwrap().thread.turns, []);
    lab.run(&client, &thread, "Go").await;
    let place = client.placed().last().unwrap().seq;
    let lab = lab.restarted().await;
    let client = lab.noting_client();
    for _ in 0..2 {
        let answer = lab.replay(&client, &thread, Some(place)).await.unwrap();
        assert_eq!(answer.outcome, ThreadReplayOutcome::Snapshot);
        assert_eq!(answer.snapshot.unwrap().thread.turns.len(), 1);
    }
    lab.run(&client, &thread, "Go").await;
    let again = client.placed().first().unwrap().seq - 1;
    let answer = lab.replay(&client, &thread, Some(again)).await.unwrap();
    assert_eq!(answer.outcome, ThreadReplayOutcome::Replayed);
}
