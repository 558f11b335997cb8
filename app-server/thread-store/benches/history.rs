//! What it costs to look into long threads, with the memory it takes. `cargo bench -p codex-thread-store`; with
//! `HISTORY_BYTES=1000000000` for another length than 50 MB.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::io::{BufWriter, Write};
use std::sync::{Arc, OnceLock};

use codex_app_server_protocol::v2::{self, SortDirection, TurnItemsView};
use codex_thread_store::{RolloutStore, StoreFuture, ThreadStore};

const THREAD: &str = "019cb77e-a0e0-7000-8000-000000000001";

fn main() {
    bench();
    println!("most memory before a whole thread is read: {} MB", peak_kilobytes() / 1000);
    divan::main();
}

/// Pages before anything else, so that the memory they take shows.
fn bench() {
    let bench = shared();
    for view in [TurnItemsView::Full, TurnItemsView::Summary] {
        assert_eq!(bench.turns(SortDirection::Desc, view, None).data.len(), 25);
    }
}

/// The most memory that this process ever had.
fn peak_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

struct Bench {
    runtime: tokio::runtime::Runtime,
    store: RolloutStore,
    turns: u64,
    _home: tempfile::TempDir,
}

fn shared() -> &'static Bench {
    static SHARED: OnceLock<Bench> = OnceLock::new();
    SHARED.get_or_init(Bench::new)
}

impl Bench {
    /// A thread of turns of about 12 KB: a message, three commands with what the model saw of them, an answer.
    fn new() -> Self {
        let wanted: u64 = std::env::var("HISTORY_BYTES").ok().and_then(|text| text.parse().ok()).unwrap_or(50_000_000);
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("sessions/2026/03/04");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("rollout-2026-03-04T05-06-07-{THREAD}.jsonl"));
        let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
        let (mut ordinal, mut bytes, mut turns) = (0_u64, 0_u64, 0_u64);
        let mut line = |kind: &str, payload: &str, ordinal: &mut u64, bytes: &mut u64| {
            let text = format!(
                "{{\"timestamp\":\"2026-03-04T05:06:07.008Z\",\"ordinal\":{ordinal},\"type\":\"{kind}\",\"payload\":{payload}}}\n"
            );
            file.write_all(text.as_bytes()).unwrap();
            *ordinal += 1;
            *bytes += text.len() as u64;
        };
        let meta = format!(
            "{{\"id\":\"{THREAD}\",\"session_id\":\"{THREAD}\",\"timestamp\":\"2026-03-04T05:06:07.008Z\",\"cwd\":\"/home\",\"history_mode\":\"paginated\"}}"
        );
        line("session_meta", &meta, &mut ordinal, &mut bytes);
        let output = "Some output of a command.\\n".repeat(60);
        while bytes < wanted {
            let turn = format!("turn-{turns:08}");
            let item = |item: &str| {
                format!(
                    "{{\"type\":\"item_completed\",\"thread_id\":\"{THREAD}\",\"turn_id\":\"{turn}\",\"item\":{item},\"started_at_ms\":1,\"completed_at_ms\":2}}"
                )
            };
            let started = format!(
                "{{\"type\":\"task_started\",\"turn_id\":\"{turn}\",\"root_turn_id\":\"{turn}\",\"started_at\":7}}"
            );
            line("event_msg", &started, &mut ordinal, &mut bytes);
            let user = item(&format!(
                "{{\"type\":\"UserMessage\",\"id\":\"{turn}-u\",\"content\":[{{\"type\":\"text\",\"text\":\"Do the next thing.\",\"text_elements\":[]}}]}}"
            ));
            line("event_msg", &user, &mut ordinal, &mut bytes);
            for command in 0..3 {
                let seen =
                    format!("{{\"type\":\"function_call_output\",\"call_id\":\"c{command}\",\"output\":\"{output}\"}}");
                line("response_item", &seen, &mut ordinal, &mut bytes);
                let command = item(&format!(
                    "{{\"type\":\"CommandExecution\",\"id\":\"{turn}-c{command}\",\"process_id\":\"7\",\"command\":[\"ls\"],\"cwd\":\"file:///home\",\"parsed_cmd\":[],\"source\":\"agent\",\"status\":\"completed\",\"aggregated_output\":\"{output}\",\"exit_code\":0,\"duration\":{{\"secs\":0,\"nanos\":1}}}}"
                ));
                line("event_msg", &command, &mut ordinal, &mut bytes);
            }
            let answer = item(&format!(
                "{{\"type\":\"AgentMessage\",\"id\":\"{turn}-a\",\"content\":[{{\"type\":\"Text\",\"text\":\"{output}\"}}]}}"
            ));
            line("event_msg", &answer, &mut ordinal, &mut bytes);
            let complete = format!(
                "{{\"type\":\"task_complete\",\"turn_id\":\"{turn}\",\"started_at\":7,\"completed_at\":8,\"duration_ms\":9}}"
            );
            line("event_msg", &complete, &mut ordinal, &mut bytes);
            turns += 1;
        }
        file.flush().unwrap();
        let store = RolloutStore::new(home.path().to_owned(), Arc::new(jiff::Zoned::now));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Self { runtime, store, turns, _home: home }
    }

    fn wait<T>(&self, answer: StoreFuture<T>) -> T {
        self.runtime.block_on(answer).unwrap()
    }

    fn turns(
        &self,
        direction: SortDirection,
        view: TurnItemsView,
        cursor: Option<String>,
    ) -> v2::ThreadTurnsListResponse {
        self.wait(self.store.turns_page(v2::ThreadTurnsListParams {
            thread_id: THREAD.to_owned(),
            cursor,
            sort_direction: Some(direction),
            items_view: Some(view),
            ..Default::default()
        }))
    }
}

#[divan::bench(args = [TurnItemsView::NotLoaded, TurnItemsView::Summary, TurnItemsView::Full])]
fn last_page_of_turns(bencher: divan::Bencher<'_, '_>, view: TurnItemsView) {
    let bench = shared();
    bencher.bench_local(|| bench.turns(SortDirection::Desc, view, None));
}

#[divan::bench(args = [TurnItemsView::Summary, TurnItemsView::Full])]
fn a_page_in_the_middle(bencher: divan::Bencher<'_, '_>, view: TurnItemsView) {
    let bench = shared();
    let ordinal = bench.turns / 2 * 10 + 1;
    let cursor = format!(
        "{{\"requestedThreadId\":\"{THREAD}\",\"rolloutOrdinal\":{ordinal},\"includeAnchor\":true,\"scope\":{{\"kind\":\"turns\"}}}}"
    );
    bencher.bench_local(|| bench.turns(SortDirection::Desc, view, Some(cursor.clone())));
}

#[divan::bench]
fn last_page_of_items(bencher: divan::Bencher<'_, '_>) {
    let bench = shared();
    let params = v2::ThreadItemsListParams {
        thread_id: THREAD.to_owned(),
        sort_direction: Some(SortDirection::Desc),
        ..Default::default()
    };
    bencher.bench_local(|| bench.wait(bench.store.items_page(params.clone())));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_search_without_match(bencher: divan::Bencher<'_, '_>) {
    let bench = shared();
    let params = v2::ThreadSearchOccurrencesParams {
        thread_id: THREAD.to_owned(),
        search_term: "nowhere".to_owned(),
        ..Default::default()
    };
    bencher.bench_local(|| bench.wait(bench.store.occurrences(params.clone())));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn the_thread_without_turns(bencher: divan::Bencher<'_, '_>) {
    let bench = shared();
    bencher.bench_local(|| bench.wait(bench.store.read(THREAD, false)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn the_whole_thread(bencher: divan::Bencher<'_, '_>) {
    let bench = shared();
    bencher.bench_local(|| bench.wait(bench.store.read(THREAD, true)));
}
