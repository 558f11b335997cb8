//! Order, merging, bounds and closing of a queue that nobody empties.

use std::collections::HashMap;
use std::pin::pin;

use futures_util::FutureExt;
use proptest::prelude::*;

use super::super::samples::{delta, reasoning, warning};
use super::*;

fn limits(soft_bytes: usize, hard_bytes: usize) -> OutboundLimits {
    OutboundLimits { soft_bytes, hard_bytes, ..OutboundLimits::default() }
}

/// A queue that merges from the second byte on.
fn merging() -> Queue {
    Queue::new(limits(0, usize::MAX), Overflow::Close)
}

/// What the peer would get, without the times.
fn contents(queue: &Queue) -> Vec<String> {
    let mut batch = Vec::new();
    queue.take(&mut batch);
    let event = |event: &Event| match event.body.text_delta() {
        Some((key, text)) => format!("{}/{}#{}: {text}", event.thread.as_deref().unwrap(), key.item_id, key.index),
        None => event.body.method().to_owned(),
    };
    let entry = |entry: Entry| match entry {
        Entry::Line(line) => line,
        Entry::Control(_) => "control".to_owned(),
        Entry::Event(one, _) => event(&one),
        Entry::Deltas(deltas) => event(&deltas.into_event()),
    };
    batch.into_iter().map(entry).collect()
}

#[test]
fn neighbouring_deltas_of_one_text_become_one() {
    let queue = merging();
    for (seq, text) in ["a", "b", "c"].into_iter().enumerate() {
        queue.push_event(delta("t", seq as u64 + 7, "i", text));
    }
    let mut batch = Vec::new();
    assert_eq!(queue.take(&mut batch), Taken::Some);
    let Some(Entry::Deltas(deltas)) = batch.pop() else { panic!("not merged") };
    assert!(batch.is_empty());
    let event = deltas.into_event();
    assert_eq!((event.seq, event.emitted_at_ms), (9, 1009));
    assert_eq!(
        event.line(),
        r#"{"method":"item/agentMessage/delta","params":{"threadId":"t","turnId":"turn","itemId":"i","delta":"abc"},"emittedAtMs":1009}"#
    );
}

#[test]
fn nothing_is_merged_below_the_soft_bound() {
    let queue = Queue::new(limits(10_000, usize::MAX), Overflow::Close);
    queue.push_event(delta("t", 1, "i", "a"));
    queue.push_event(delta("t", 2, "i", "b"));
    assert_eq!(contents(&queue), ["t/i#0: a", "t/i#0: b"]);
}

#[test]
fn nothing_is_merged_over_what_stands_between() {
    let queue = merging();
    queue.push_event(delta("t", 1, "i", "a"));
    queue.push_line("answer".to_owned());
    queue.push_event(delta("t", 2, "i", "b"));
    queue.push_event(delta("t", 3, "j", "c"));
    queue.push_event(delta("u", 4, "j", "d"));
    queue.push_event(warning("u", 5, "w"));
    queue.push_event(delta("u", 6, "j", "e"));
    queue.push_control(vec![0]);
    queue.push_event(delta("u", 7, "j", "f"));
    // Number 8 was kept from this client.
    queue.push_event(delta("u", 9, "j", "g"));
    queue.push_event(reasoning("u", 10, "j", 0, "h"));
    queue.push_event(reasoning("u", 11, "j", 1, "i"));
    queue.push_event(reasoning("u", 12, "j", 1, "k"));
    let expected = [
        "t/i#0: a",
        "answer",
        "t/i#0: b",
        "t/j#0: c",
        "u/j#0: d",
        "warning",
        "u/j#0: e",
        "control",
        "u/j#0: f",
        "u/j#0: g",
        "u/j#0: h",
        "u/j#1: ik",
    ];
    assert_eq!(contents(&queue), expected);
}

#[test]
fn a_merged_text_stays_short_enough_for_small_readers() {
    let queue = merging();
    for seq in 1..=100 {
        queue.push_event(delta("t", seq, "i", &"x".repeat(1000)));
    }
    let texts: Vec<usize> = contents(&queue).iter().map(|line| line.len() - "t/i#0: ".len()).collect();
    assert_eq!(texts.iter().sum::<usize>(), 100_000);
    assert!(texts.len() < 10 && texts.iter().all(|len| *len <= MERGED_TEXT_BYTES), "{texts:?}");
}

#[test]
fn ten_thousand_small_deltas_take_little() {
    let queue = Queue::new(limits(4096, usize::MAX), Overflow::Close);
    for seq in 1..=10_000 {
        queue.push_event(delta("t", seq, "i", "12345"));
    }
    assert!(queue.queued_bytes() < 60_000, "{}", queue.queued_bytes());
    let lines = contents(&queue);
    assert!(lines.len() < 40, "{}", lines.len());
    assert_eq!(lines.iter().map(|line| line.len() - "t/i#0: ".len()).sum::<usize>(), 50_000);
}

#[derive(Clone, Debug)]
enum Push {
    Line,
    Warning(bool),
    Delta { second_thread: bool, second_item: bool, hidden: u64, text: String },
}

fn pushes() -> impl Strategy<Value = Vec<Push>> {
    let push = prop_oneof![
        1 => Just(Push::Line),
        1 => any::<bool>().prop_map(Push::Warning),
        8 => (any::<bool>(), any::<bool>(), prop_oneof![5 => Just(0u64), 1 => Just(1)], "[a-zé]{0,6}").prop_map(
            |(second_thread, second_item, hidden, text)| Push::Delta { second_thread, second_item, hidden, text }
        ),
    ];
    prop::collection::vec(push, 0..60)
}

/// Texts of the same source that follow each other in one.
fn joined(contents: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for line in contents {
        match (line.split_once(": "), joined.last_mut()) {
            (Some((source, text)), Some(last)) if last.split_once(": ").is_some_and(|(other, _)| other == source) => {
                last.push_str(text);
            }
            _ => joined.push(line),
        }
    }
    joined
}

proptest! {
    #[test]
    fn merging_keeps_every_text_and_the_order(pushes in pushes(), soft in 0usize..3000) {
        let queue = Queue::new(limits(soft, usize::MAX), Overflow::Close);
        let unmerged = Queue::new(limits(usize::MAX, usize::MAX), Overflow::Close);
        let mut seqs = HashMap::new();
        for push in pushes {
            let event = match push {
                Push::Line => {
                    queue.push_line("line".to_owned());
                    unmerged.push_line("line".to_owned());
                    continue;
                }
                Push::Warning(second) => {
                    let thread = if second { "u" } else { "t" };
                    let seq = seqs.entry(thread).or_insert(0);
                    *seq += 1;
                    warning(thread, *seq, "w")
                }
                Push::Delta { second_thread, second_item, hidden, text } => {
                    let thread = if second_thread { "u" } else { "t" };
                    let seq = seqs.entry(thread).or_insert(0);
                    *seq += 1 + hidden;
                    delta(thread, *seq, if second_item { "j" } else { "i" }, &text)
                }
            };
            queue.push_event(Arc::clone(&event));
            unmerged.push_event(event);
        }
        let (weight, merged) = (queue.queued_bytes(), queue.lock().entries.iter().fold(Weight::default(), |mut sum, entry| {
            sum.add(entry.weight());
            sum
        }));
        prop_assert_eq!(weight, merged.total());
        prop_assert_eq!(joined(contents(&queue)), joined(contents(&unmerged)));
    }
}

#[test]
fn a_client_that_takes_no_events_is_closed_at_the_hard_bound() {
    let queue = Queue::new(limits(usize::MAX, 10_000), Overflow::Close);
    let mut pushed = 0;
    while queue.close_reason().is_none() {
        pushed += 1;
        queue.push_event(warning("t", pushed, "w"));
        assert!(pushed < 1000, "never closed");
    }
    let Some(CloseReason::TooSlow { queued_bytes }) = queue.close_reason() else { panic!("closed otherwise") };
    assert!((10_000..11_000).contains(&queued_bytes), "{queued_bytes}");
    assert!(queue.aborted.is_cancelled());
    assert_eq!(queue.queued_bytes(), 0);
    queue.push_line("late".to_owned());
    assert_eq!(queue.take(&mut Vec::new()), Taken::Closed);
}

#[test]
fn pings_without_end_close_too() {
    let queue = Queue::new(limits(usize::MAX, 1000), Overflow::Close);
    for _ in 0..11 {
        queue.push_control(vec![0; 100]);
    }
    assert!(matches!(queue.close_reason(), Some(CloseReason::TooSlow { .. })));
}

#[test]
fn huge_answers_and_single_huge_events_close_nobody() {
    let queue = Queue::new(limits(usize::MAX, 1000), Overflow::Close);
    queue.push_event(delta("t", 1, "i", &"x".repeat(5000)));
    queue.push_line("y".repeat(5000));
    queue.push_line("z".repeat(5000));
    assert_eq!(queue.close_reason(), None);
    assert_eq!(contents(&queue).len(), 3);
}

#[test]
fn who_waits_for_a_stdio_client_keeps_everything() {
    let queue = Queue::new(limits(usize::MAX, 1000), Overflow::Wait);
    for seq in 1..=100 {
        queue.push_event(warning("t", seq, "w"));
    }
    assert_eq!(queue.close_reason(), None);
    assert!(!queue.has_room());
    assert_eq!(contents(&queue).len(), 100);
}

#[test]
fn producers_go_on_when_enough_was_written() {
    let queue = Queue::new(limits(usize::MAX, 1000), Overflow::Wait);
    assert!(queue.ready().now_or_never().is_some());
    queue.push_line("x".repeat(1500));
    let mut ready = pin!(queue.ready());
    assert!(ready.as_mut().now_or_never().is_none());
    queue.take(&mut Vec::new());
    assert!(ready.as_mut().now_or_never().is_none(), "what the writer holds still waits");
    queue.release(Weight { lines: 400, events: 0 });
    assert!(ready.as_mut().now_or_never().is_none());
    queue.release(Weight { lines: 600, events: 0 });
    assert!(ready.as_mut().now_or_never().is_some());
}

#[test]
fn who_produces_at_will_waits_for_the_lower_bound() {
    let waits = |soft, queued, released| {
        let queue = Queue::new(limits(soft, 1000), Overflow::Close);
        queue.push_line("x".repeat(queued));
        let mut calm = pin!(queue.calm());
        let before = calm.as_mut().now_or_never().is_none();
        queue.release(Weight { lines: released, events: 0 });
        (before, before && calm.as_mut().now_or_never().is_none())
    };
    assert_eq!(waits(300, 299, 0), (false, false));
    assert_eq!(waits(300, 500, 200), (true, true));
    assert_eq!(waits(300, 500, 201), (true, false));
    // No soft bound: nothing waits. A soft bound above the hard one does not count.
    assert_eq!(waits(0, 500, 499), (true, true));
    assert_eq!(waits(0, 500, 500), (true, false));
    assert_eq!(waits(usize::MAX, 1500, 501), (true, false));
}

#[test]
fn producers_go_on_when_the_connection_closes() {
    let queue = Queue::new(limits(usize::MAX, 1000), Overflow::Wait);
    queue.push_line("x".repeat(1500));
    let mut ready = pin!(queue.ready());
    assert!(ready.as_mut().now_or_never().is_none());
    queue.close(CloseReason::GoingAway);
    assert!(ready.as_mut().now_or_never().is_some());
}

#[test]
fn going_away_keeps_what_waits_until_it_is_given_up() {
    let queue = merging();
    queue.push_line("answer".to_owned());
    queue.close(CloseReason::GoingAway);
    queue.push_line("late".to_owned());
    assert!(!queue.aborted.is_cancelled());
    assert_eq!(contents(&queue), ["answer"]);
    assert_eq!(queue.take(&mut Vec::new()), Taken::Closed);
    queue.close(CloseReason::PeerGone);
    assert!(queue.aborted.is_cancelled());
    assert_eq!(queue.close_reason(), Some(CloseReason::GoingAway));
}

#[test]
fn a_sleeping_writer_is_woken_by_the_first_push_only() {
    let queue = merging();
    assert_eq!(queue.take(&mut Vec::new()), Taken::Nothing);
    let mut woken = pin!(queue.woken());
    assert!(woken.as_mut().now_or_never().is_none());
    queue.push_line("a".to_owned());
    queue.push_line("b".to_owned());
    assert!(woken.as_mut().now_or_never().is_some());
    assert!(queue.woken().now_or_never().is_none());
    assert_eq!(contents(&queue), ["a", "b"]);
}
