//! Pages of a stored thread: put together they are the thread, in whatever direction and size; what codex 0.169.0
//! answered for the same files is answered here.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use codex_app_server_protocol::v2::{
    self, SortDirection, ThreadItemsListAnchor, ThreadItemsListCursor, ThreadTimelineEntry, TurnItemsView, TurnStatus,
};
use codex_thread_store::{StoreError, StoreFuture, ThreadStore};
use proptest::prelude::*;
use serde_json::json;

use crate::reading::{data, sample};
use crate::support::*;

const BOTH: [SortDirection; 2] = [SortDirection::Asc, SortDirection::Desc];

fn wait<T>(answer: StoreFuture<T>) -> Result<T, StoreError> {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME
        .get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap())
        .block_on(answer)
}

fn turns_page(home: &Home, params: v2::ThreadTurnsListParams) -> v2::ThreadTurnsListResponse {
    wait(home.store.turns_page(params)).unwrap()
}

fn turns_params(thread: &str, direction: SortDirection, view: TurnItemsView) -> v2::ThreadTurnsListParams {
    v2::ThreadTurnsListParams {
        thread_id: thread.to_owned(),
        sort_direction: Some(direction),
        items_view: Some(view),
        ..Default::default()
    }
}

/// All turns, page by page, in the order of the history.
fn turns(home: &Home, thread: &str, direction: SortDirection, limit: u32) -> Vec<v2::Turn> {
    let mut all = Vec::new();
    let mut params = turns_params(thread, direction, TurnItemsView::Full);
    params.limit = Some(limit);
    loop {
        let page = turns_page(home, params.clone());
        assert!(page.data.len() <= limit as usize);
        assert_eq!(page.backwards_cursor.is_some(), !page.data.is_empty());
        all.extend(page.data);
        match page.next_cursor {
            Some(cursor) => params.cursor = Some(cursor),
            None => break,
        }
    }
    if direction == SortDirection::Desc {
        all.reverse();
    }
    all
}

/// All items, page by page, in the order of the history.
fn items(home: &Home, params: &v2::ThreadItemsListParams) -> Vec<v2::ThreadItemEntry> {
    let mut all = Vec::new();
    let mut params = params.clone();
    loop {
        let page = wait(home.store.items_page(params.clone())).unwrap();
        all.extend(page.data);
        match page.next_cursor {
            Some(cursor) => params.cursor = Some(ThreadItemsListCursor::Opaque(cursor)),
            None => break,
        }
    }
    if params.sort_direction == Some(SortDirection::Desc) {
        all.reverse();
    }
    all
}

fn timeline(home: &Home, thread: &str, limit: u32) -> Vec<ThreadTimelineEntry> {
    let mut all = Vec::new();
    let mut params =
        v2::ThreadTimelineListParams { thread_id: thread.to_owned(), limit: Some(limit), ..Default::default() };
    loop {
        let page = wait(home.store.timeline_page(params.clone())).unwrap();
        all.splice(0..0, page.data);
        match page.next_cursor {
            Some(cursor) => params.cursor = Some(cursor),
            None => return all,
        }
    }
}

/// Checks that pages of these sizes, in both directions, come to what is read of the whole thread.
fn check_pages(home: &Home, thread: &str, limits: &[u32]) {
    let whole = wait(home.store.read(thread, true)).unwrap().thread.turns;
    let by_turn: BTreeMap<_, _> = whole.iter().map(|turn| (turn.id.clone(), turn)).collect();
    for direction in BOTH {
        for limit in limits {
            assert_eq!(turns(home, thread, direction, *limit), whole, "{direction:?} by {limit}");
            let params = v2::ThreadItemsListParams {
                thread_id: thread.to_owned(),
                sort_direction: Some(direction),
                limit: Some(*limit),
                ..Default::default()
            };
            let all = items(home, &params);
            assert_eq!(all.len(), whole.iter().map(|turn| turn.items.len()).sum::<usize>());
            for turn in &whole {
                let of_turn: Vec<_> = all.iter().filter(|entry| entry.turn_id == turn.id).collect();
                assert!(of_turn.iter().map(|entry| &entry.item).eq(&turn.items), "{direction:?} by {limit}");
                let params = v2::ThreadItemsListParams { turn_id: Some(turn.id.clone()), ..params.clone() };
                assert!(
                    items(home, &params).iter().map(|entry| &entry.item).eq(&turn.items),
                    "{direction:?} by {limit}"
                );
            }
        }
    }
    for limit in limits {
        let mut seen: BTreeMap<String, Vec<v2::ThreadItem>> = BTreeMap::new();
        let mut open = None;
        for entry in timeline(home, thread, *limit) {
            match entry {
                ThreadTimelineEntry::TurnStarted { turn_id, started_at, .. } => {
                    assert_eq!(by_turn[&turn_id].started_at, started_at);
                    seen.entry(turn_id.clone()).or_default();
                    open = Some(turn_id);
                }
                ThreadTimelineEntry::Item { turn_id, item, .. } => seen.entry(turn_id).or_default().push(*item),
                ThreadTimelineEntry::TurnCompleted { turn_id, status, error, completed_at, .. } => {
                    let turn = by_turn[&turn_id];
                    assert_eq!((status, &error, completed_at), (turn.status, &turn.error, turn.completed_at));
                    assert_eq!(open, Some(turn_id));
                }
                ThreadTimelineEntry::Realtime { .. } => unreachable!("no line is of a realtime session"),
            }
        }
        let expected: BTreeMap<_, _> = whole.iter().map(|turn| (turn.id.clone(), turn.items.clone())).collect();
        assert_eq!(seen, expected, "by {limit}");
    }
}

#[test]
fn recorded_threads_are_the_same_in_pages() {
    for entry in fs::read_dir(data()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (home, _, thread) = sample(&name);
        let whole = wait(home.store.read(&thread, true)).unwrap().thread;
        match (whole.history_mode, name.as_str()) {
            // Items of an unframed turn, and an item that a later turn completes once more, are only made by hand.
            (
                v2::ThreadHistoryMode::Paginated,
                "paginated-same-item-id" | "paginated-kinds" | "paginated-damaged-lines",
            ) => {}
            (v2::ThreadHistoryMode::Paginated, _) => check_pages(&home, &thread, &[1, 2, 100]),
            (v2::ThreadHistoryMode::Legacy, _) => {
                for direction in BOTH {
                    assert_eq!(turns(&home, &thread, direction, 2), whole.turns, "{name}");
                }
                let params = v2::ThreadItemsListParams { thread_id: thread, ..Default::default() };
                let refused = wait(home.store.items_page(params)).unwrap_err();
                assert!(matches!(refused, StoreError::NotPaginated { .. }), "{refused:?}");
            }
        }
    }
}

/// A step of writing a history.
#[derive(Clone, Debug)]
enum Step {
    Turn {
        items: usize,
        end: usize,
        padding: usize,
    },
    /// A turn within another of which only the end is told, as a review writes it.
    Review,
    /// An item of an earlier turn, so many turns ago.
    Late(usize),
    /// Completes an item of the turn again.
    Again,
    /// A line without meaning for turns.
    Other(usize),
    /// Goes on in a new file, of a fork or of the same thread.
    NewFile(bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..5_usize, 0..4_usize, prop_oneof![4 => Just(0), 1 => Just(40_000_usize)])
            .prop_map(|(items, end, padding)| Step::Turn { items, end, padding }),
        1 => (0..4_usize).prop_map(Step::Late),
        1 => Just(Step::Again),
        1 => Just(Step::Review),
        1 => prop_oneof![Just(10_usize), Just(90_000_usize)].prop_map(Step::Other),
        1 => any::<bool>().prop_map(Step::NewFile),
    ];
    prop::collection::vec(step, 0..24)
}

/// Writes a history; gives its newest thread.
fn write(home: &Home, steps: &[Step]) -> String {
    let mut file = 0;
    let mut thread = id(1);
    let name = |file: u32, thread: &str, again: bool| {
        let more = if again { format!("_{}", id(1000 + file)) } else { String::new() };
        format!("rollout-2026-03-04T05-{file:02}-07-{thread}{more}.jsonl")
    };
    let mut path = name(0, &thread, false);
    let mut text = Text::new(&thread, 0, json!({}));
    let mut turns: Vec<String> = Vec::new();
    let mut ended: Vec<String> = Vec::new();
    let mut number = 0;
    for step in steps {
        number += 1;
        match step {
            Step::Turn { items, end, padding } => {
                let turn = format!("turn-{number}");
                text.started(&turn);
                text.user(&turn, &format!("{number}-u"), "hi");
                for item in 0..*items {
                    text.agent(&turn, &format!("{number}-{item}"), &"x".repeat(*padding), None);
                }
                match end {
                    0 => {}
                    1 => text.aborted(&turn),
                    _ => text.complete(&turn),
                }
                if *end > 0 {
                    ended.push(turn.clone());
                }
                turns.push(turn);
            }
            Step::Review => {
                let (outer, inner) = (format!("turn-{number}"), format!("inner-{number}"));
                text.command(&outer, &format!("{number}-entered"), "out", "completed");
                text.started(&inner);
                text.user(&inner, &format!("{number}-u"), "hi");
                text.agent(&outer, &format!("{number}-a"), "fine", None);
                text.complete(&outer);
                turns.push(outer.clone());
                ended.push(outer);
            }
            Step::Late(ago) => {
                if let Some(turn) = turns.iter().rev().nth(*ago) {
                    text.command(turn, &format!("{number}-late"), "out", "completed");
                }
            }
            Step::Again => {
                if let Some(turn) = turns.last().filter(|turn| !ended.contains(*turn)) {
                    let user = format!("{}-u", turn.trim_start_matches("turn-"));
                    text.user(turn, &user, "hi again");
                }
            }
            Step::Other(length) => {
                text.line("response_item", &json!({ "type": "message", "text": "y".repeat(*length) }))
            }
            Step::NewFile(fork) => {
                let base = json!({
                    "thread_id": thread, "end_ordinal_exclusive": text.ordinal, "end_byte_offset": text.text.len(),
                });
                // What the older file went on with later belongs to nobody else.
                let ordinal = text.ordinal;
                text.started("elsewhere");
                home.put(&path, &text.text);
                file += 1;
                if *fork {
                    thread = id(file + 1);
                }
                path = name(file, &thread, !*fork);
                text = Text::new(&thread, ordinal, json!({ "history_base": base }));
            }
        }
    }
    home.put(&path, &text.text);
    thread
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_history_is_the_same_in_pages(steps in steps(), limit in 1..7_u32) {
        let home = Home::new();
        let thread = write(&home, &steps);
        check_pages(&home, &thread, &[limit, 100]);
    }

    #[test]
    fn damage_costs_what_is_damaged(steps in steps(), limit in 1..7_u32, hits in prop::collection::vec(any::<prop::sample::Index>(), 1..4), cut in 0..200_usize) {
        let home = Home::new();
        let steps: Vec<Step> = steps.into_iter().filter(|step| !matches!(step, Step::NewFile(_) | Step::Again)).collect();
        let thread = write(&home, &steps);
        let path = wait(home.store.read(&thread, false)).unwrap().thread.path.unwrap();
        let mut lines: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
        for hit in &hits {
            if lines.len() > 1 {
                let index = 1 + hit.index(lines.len() - 1);
                let half = lines[index].len() / 2;
                lines[index].truncate(half);
            }
        }
        let mut text = lines.join("\n") + "\n";
        let first = text.find('\n').unwrap();
        text.truncate((text.len() - cut.min(text.len())).max(first));
        fs::write(&path, text).unwrap();
        let whole = wait(home.store.read(&thread, true)).unwrap().thread.turns;
        // A turn that lost all its frames has no place in pages.
        let framed: Vec<_> = timeline(&home, &thread, limit).into_iter().filter_map(|entry| match entry {
            ThreadTimelineEntry::TurnStarted { turn_id, .. } => Some(turn_id),
            _ => None,
        }).collect();
        let expected: Vec<_> = whole.iter().filter(|turn| framed.contains(&turn.id)).cloned().collect();
        for direction in BOTH {
            prop_assert_eq!(turns(&home, &thread, direction, limit), expected.clone());
        }
        for turn in whole.iter().filter(|turn| !framed.contains(&turn.id)) {
            prop_assert_eq!(turn.status, TurnStatus::Interrupted);
        }
        let all = v2::ThreadItemsListParams { thread_id: thread.clone(), limit: Some(limit), ..Default::default() };
        prop_assert_eq!(items(&home, &all).len(), whole.iter().map(|turn| turn.items.len()).sum::<usize>());
    }

    #[test]
    fn anything_at_all_is_paged_without_harm(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let home = Home::new();
        let mut text = Text::new(&id(1), 0, json!({}));
        text.started("a");
        let mut content = text.text.into_bytes();
        content.extend(bytes);
        home.put(&format!("rollout-2026-03-04T05-06-07-{}.jsonl", id(1)), content);
        for direction in BOTH {
            prop_assert_eq!(turns(&home, &id(1), direction, 1).len(), 1);
        }
    }
}

/// A thread as the probes of the reference had it.
fn odd(home: &Home) -> String {
    let thread = id(2);
    let mut text = Text::new(&thread, 0, json!({}));
    text.started("t1");
    text.user("t1", "u1", "First needle");
    text.command("t1", "c1", "out", "completed");
    text.agent("t1", "a1", "com needle mentary", Some("commentary"));
    text.command("t1", "c2", "bad", "failed");
    text.agent("t1", "a2", "final Needle NEEDLE", Some("final_answer"));
    text.user("t1", "u1b", "steer needle");
    text.agent("t1", "a3", "needle after", None);
    text.complete("t1");
    text.started("t2");
    text.user("t2", "u2", "hi");
    text.command("t1", "late", "late out", "completed");
    text.agent("t2", "a4", "needle said", None);
    text.aborted("t2");
    text.started("t3");
    text.user("t3", "u3", "hi");
    text.agent("t3", "a5", "needle while running", None);
    home.put(&format!("rollout-2026-03-04T05-06-07-{thread}.jsonl"), &text.text);
    thread
}

fn ids(turn: &v2::Turn) -> Vec<String> {
    turn.items.iter().map(item_id).collect()
}

fn item_id(item: &v2::ThreadItem) -> String {
    serde_json::to_value(item).unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn views_show_as_much_as_the_reference_shows() {
    let home = Home::new();
    let thread = odd(&home);
    let shown = |view| {
        let page = turns_page(&home, turns_params(&thread, SortDirection::Asc, view));
        assert!(page.data.iter().all(|turn| turn.items_view == view));
        page.data.iter().map(ids).collect::<Vec<_>>()
    };
    assert_eq!(shown(TurnItemsView::NotLoaded), [Vec::<String>::new(), vec![], vec![]]);
    // A message without a phase is the final one once the turn has ended.
    assert_eq!(shown(TurnItemsView::Summary), [vec!["u1", "a2"], vec!["u2", "a4"], vec!["u3"]]);
    let full = shown(TurnItemsView::Full);
    assert_eq!(full[0], ["u1", "c1", "a1", "c2", "a2", "u1b", "a3", "late"]);
    assert_eq!(full[1..], [vec!["u2", "a4"], vec!["u3", "a5"]]);
}

#[test]
fn cursors_are_those_of_the_reference_and_hold_when_turns_are_added() {
    let home = Home::new();
    let thread = odd(&home);
    let mut params = turns_params(&thread, SortDirection::Desc, TurnItemsView::NotLoaded);
    params.limit = Some(0);
    let page = turns_page(&home, params.clone());
    let cursor = |ordinal: u64, anchor: bool| {
        format!(
            "{{\"requestedThreadId\":\"{thread}\",\"rolloutOrdinal\":{ordinal},\"includeAnchor\":{anchor},\"scope\":{{\"kind\":\"turns\"}}}}"
        )
    };
    assert_eq!(page.data.len(), 1, "a limit of 0 acts as 1");
    assert_eq!(page.next_cursor, Some(cursor(15, false)));
    assert_eq!(page.backwards_cursor, Some(cursor(15, true)));

    let path = wait(home.store.read(&thread, false)).unwrap().thread.path.unwrap();
    let mut more = Text::new(&thread, 18, json!({}));
    more.text.clear();
    more.complete("t3");
    more.started("t4");
    more.complete("t4");
    fs::write(&path, fs::read_to_string(&path).unwrap() + &more.text).unwrap();

    let ids = |params: &v2::ThreadTurnsListParams| {
        turns_page(&home, params.clone()).data.into_iter().map(|turn| turn.id).collect::<Vec<_>>()
    };
    params.limit = None;
    params.cursor = page.next_cursor;
    assert_eq!(ids(&params), ["t2", "t1"]);
    params.cursor = page.backwards_cursor;
    params.sort_direction = Some(SortDirection::Asc);
    assert_eq!(ids(&params), ["t3", "t4"]);
    // Numbers between turns, and beyond them.
    for (ordinal, asc, desc) in [(12, 2, 2), (16, 1, 3), (1000, 0, 4), (0, 4, 0)] {
        params.cursor = Some(cursor(ordinal, true));
        params.sort_direction = Some(SortDirection::Asc);
        assert_eq!(ids(&params).len(), asc, "{ordinal}");
        params.sort_direction = Some(SortDirection::Desc);
        assert_eq!(ids(&params).len(), desc, "{ordinal}");
    }
    let foreign = cursor(1, true).replace(&thread, &id(3));
    let items = cursor(1, true).replace("turns", "itemsByCreatedAtOrdinal");
    for bad in ["", "junk", "{}", &foreign, &items] {
        params.cursor = Some(bad.to_owned());
        let refused = wait(home.store.turns_page(params.clone())).unwrap_err();
        assert_eq!(refused.to_string(), format!("invalid cursor: {bad}"));
    }
}

#[test]
fn items_begin_beside_an_anchor_and_leave_out_output() {
    let home = Home::new();
    let thread = odd(&home);
    let defer = v2::ThreadItemOutputDeferral { command_execution: true, mcp_tool_call: true };
    let mut params = v2::ThreadItemsListParams {
        thread_id: thread.clone(),
        turn_id: Some("t1".to_owned()),
        cursor: Some(ThreadItemsListCursor::Anchor(ThreadItemsListAnchor::Item { item_id: "a1".to_owned() })),
        defer_output: Some(defer),
        ..Default::default()
    };
    let ids =
        |page: &v2::ThreadItemsListResponse| page.data.iter().map(|entry| item_id(&entry.item)).collect::<Vec<_>>();
    let page = wait(home.store.items_page(params.clone())).unwrap();
    assert_eq!(ids(&page), ["c2", "a2", "u1b", "a3", "late"]);
    assert_eq!(
        page.data.iter().map(|entry| entry.output_deferred).collect::<Vec<_>>(),
        [false, false, false, false, true]
    );
    params.sort_direction = Some(SortDirection::Desc);
    assert_eq!(ids(&wait(home.store.items_page(params.clone())).unwrap()), ["c1", "u1"]);
    params.cursor = Some(ThreadItemsListCursor::Anchor(ThreadItemsListAnchor::Item { item_id: "u2".to_owned() }));
    let refused = wait(home.store.items_page(params.clone())).unwrap_err();
    assert_eq!(refused.to_string(), "cursor.itemId does not identify an item in the requested history scope");
    // Output is left out of a single turn alone.
    let all = v2::ThreadItemsListParams { turn_id: None, cursor: None, ..params };
    assert!(wait(home.store.items_page(all)).unwrap().data.iter().all(|entry| !entry.output_deferred));
    let read = |turn: &str, ids: &[&str]| {
        let item_ids = ids.iter().map(|id| (*id).to_owned()).collect();
        let params = v2::ThreadItemsReadParams { thread_id: thread.clone(), turn_id: turn.to_owned(), item_ids };
        wait(home.store.items(params)).unwrap().data.iter().map(|entry| item_id(&entry.item)).collect::<Vec<_>>()
    };
    assert_eq!(read("t1", &["late", "u1", "u2", "nope", "u1"]), ["u1", "late"]);
    assert_eq!(read("nope", &["u1"]), Vec::<String>::new());
}

#[test]
fn what_the_user_wrote_and_final_messages_are_searched() {
    let home = Home::new();
    let thread = odd(&home);
    let mut params = v2::ThreadSearchOccurrencesParams {
        thread_id: thread.clone(),
        search_term: "needle".to_owned(),
        ..Default::default()
    };
    let found = |page: &v2::ThreadSearchOccurrencesResponse| {
        page.data.iter().map(|found| (found.item_id.clone(), found.snippet_match_range.start)).collect::<Vec<_>>()
    };
    let expected =
        [("u1", 6), ("a2", 6), ("a2", 13), ("u1b", 6), ("a4", 0)].map(|(item, start)| (item.to_owned(), start));
    assert_eq!(found(&wait(home.store.occurrences(params.clone())).unwrap()), expected);
    for limit in 1..4 {
        params.limit = Some(limit);
        params.cursor = None;
        let mut all = Vec::new();
        loop {
            let page = wait(home.store.occurrences(params.clone())).unwrap();
            all.extend(found(&page));
            params.cursor = page.next_cursor;
            if params.cursor.is_none() {
                break;
            }
            assert_eq!(page.data.len(), limit as usize);
        }
        assert_eq!(all, expected, "by {limit}");
    }
    params.cursor = None;
    params.limit = Some(2);
    let page = wait(home.store.occurrences(params.clone())).unwrap();
    assert_eq!(
        page.next_cursor,
        Some(format!(
            "{{\"threadId\":\"{thread}\",\"searchTerm\":\"needle\",\"nextRolloutOrdinal\":6,\"nextOccurrenceIndex\":1}}"
        ))
    );
    params.cursor = page.next_cursor;
    params.search_term = "hi".to_owned();
    assert!(matches!(wait(home.store.occurrences(params)), Err(StoreError::InvalidCursor { .. })));
    let cursor = page.data[0].turn_cursor.clone();
    let params = v2::ThreadTurnsListParams {
        cursor: Some(cursor),
        ..turns_params(&thread, SortDirection::Desc, TurnItemsView::NotLoaded)
    };
    assert_eq!(turns_page(&home, params).data[0].id, "t1");
}

#[test]
fn timelines_refuse_cursors_that_are_not_theirs() {
    let home = Home::new();
    let thread = odd(&home);
    let list = |cursor: &str| {
        let cursor = Some(cursor.to_owned());
        wait(home.store.timeline_page(v2::ThreadTimelineListParams {
            thread_id: thread.clone(),
            cursor,
            limit: Some(3),
        }))
    };
    assert_eq!(list("junk").unwrap_err().to_string(), "invalid thread timeline cursor");
    let cursor = |thread: &str, position: u64, item: &str| {
        format!("{{\"threadId\":\"{thread}\",\"position\":{position},\"kind\":1,\"id\":\"{item}\"}}")
    };
    let foreign = list(&cursor(&id(9), 8, "x")).unwrap_err().to_string();
    assert_eq!(foreign, "thread timeline cursor belongs to another thread");
    let positions = |cursor: &str| {
        let page = list(cursor).unwrap();
        page.data
            .iter()
            .map(|entry| serde_json::to_value(entry).unwrap()["position"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(positions(&cursor(&thread, 8, "a3")), [5, 6, 7]);
    assert_eq!(positions(&cursor(&thread, 8, "zz")), [6, 7, 8]);
    assert_eq!(positions(&cursor(&thread, 1000, "zz")), [15, 16, 17]);
}
