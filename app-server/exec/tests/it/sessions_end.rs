//! Ends of sessions: terminated, evicted, dropped, interrupted; nothing is left behind.

use std::time::Duration;

use codex_exec::{CallStatus, ENDED_BY_SERVER, MAX_SESSIONS, WriteError};

use crate::fixture::{Fixture, end_of, gone, numbers, printed, shown, within};

/// Prints its own process id and those of a child and a grandchild, which all stay.
const FAMILY: &str = "echo $$; bash -c 'echo $$; sleep 1000 & echo $!; echo ready; wait' & wait";

#[tokio::test]
async fn descendants_end_with_the_command() {
    let fixture = Fixture::new();
    let report = fixture.run("(sleep 1000 & echo $!); nohup sleep 1000 >/dev/null 2>&1 & echo $!").await;
    assert_eq!(report.status, CallStatus::Exited(0));
    let pids = numbers(&shown(&report));
    assert_eq!(pids.len(), 2);
    for pid in pids {
        gone(pid).await;
    }
}

#[tokio::test]
async fn terminating_ends_the_whole_family_and_lets_it_clean_up() {
    let fixture = Fixture::new();
    let script = format!("trap 'echo cleaned; kill $(jobs -p); exit 9' TERM; {FAMILY}");
    for tty in [false, true] {
        let (id, mut watcher) = fixture.session(&script, tty).await;
        let pids = numbers(&printed(&mut watcher, "ready").await);
        assert!(fixture.sessions.terminate(id));
        assert!(!fixture.sessions.terminate(id));
        assert_eq!(within(fixture.sessions.write_stdin(id, "", None)).await, Err(WriteError::Unknown(id)));
        let end = end_of(&mut watcher).await;
        assert_eq!(end.exit_code, ENDED_BY_SERVER);
        assert!(end.output.contains("cleaned"), "{end:?}");
        assert_eq!(pids.len(), 3);
        for pid in pids {
            gone(pid).await;
        }
    }
}

#[tokio::test]
async fn who_ignores_the_request_is_killed() {
    let fixture = Fixture::new();
    let (id, mut watcher) = fixture.session("trap '' TERM INT HUP; echo $$; while :; do sleep 1000; done", false).await;
    let pid = numbers(&printed(&mut watcher, "\n").await)[0];
    assert!(fixture.sessions.terminate(id));
    let end = end_of(&mut watcher).await;
    assert!(end.duration >= codex_exec::TERMINATE_GRACE);
    gone(pid).await;
}

#[tokio::test]
async fn cleaning_ends_all_and_dropping_the_last_handle_too() {
    let fixture = Fixture::new();
    let mut pids = Vec::new();
    for _ in 0..3 {
        let (_, mut watcher) = fixture.session(FAMILY, false).await;
        pids.extend(numbers(&printed(&mut watcher, "ready").await));
    }
    let listed = fixture.sessions.list();
    assert_eq!(listed.iter().map(|info| info.tag.as_str()).collect::<Vec<_>>(), [FAMILY; 3]);
    assert!(listed.is_sorted_by_key(|info| info.id) && listed.iter().all(|info| (1000..100_000).contains(&info.id)));
    assert_eq!((fixture.sessions.clean(), fixture.sessions.clean()), (3, 0));
    let (_, mut watcher) = fixture.session(FAMILY, true).await;
    pids.extend(numbers(&printed(&mut watcher, "ready").await));
    drop(fixture);
    assert_eq!(end_of(&mut watcher).await.exit_code, ENDED_BY_SERVER);
    for pid in pids {
        gone(pid).await;
    }
}

#[tokio::test]
async fn an_interrupt_ends_calls_in_flight_and_spares_sessions() {
    let fixture = Fixture::new();
    let (spared, _) = fixture.session("sleep 1000", false).await;
    let mut call = fixture.start("echo $$; sleep 1000", false).await;
    let mut watcher = call.take_watcher().unwrap();
    let pid = numbers(&printed(&mut watcher, "\n").await)[0];
    let waiting = tokio::spawn(call.finish(None));
    tokio::task::yield_now().await;
    waiting.abort();
    assert!(within(waiting).await.unwrap_err().is_cancelled());
    assert_eq!(end_of(&mut watcher).await.exit_code, ENDED_BY_SERVER);
    gone(pid).await;
    assert_eq!(fixture.sessions.list().iter().map(|info| info.id).collect::<Vec<_>>(), [spared]);
}

#[tokio::test]
async fn the_session_not_used_for_longest_makes_room() {
    let fixture = Fixture::new();
    let mut sessions = Vec::new();
    for _ in 0..MAX_SESSIONS {
        let mut call = fixture.start("sleep 1000", false).await;
        let watcher = call.take_watcher().unwrap();
        let id = call.info().id;
        sessions.push((id, watcher, tokio::spawn(call.finish(Some(250)))));
    }
    for (.., waiting) in &mut sessions {
        assert!(matches!(within(waiting).await.unwrap().status, CallStatus::Running(_)));
    }
    // The oldest is used, so the second oldest goes.
    let oldest = sessions[0].0;
    assert_eq!(within(fixture.sessions.write_stdin(oldest, "x", None)).await.unwrap_err(), WriteError::Closed);
    let (newest, _) = fixture.session("sleep 1000", false).await;
    assert_eq!(end_of(&mut sessions[1].1).await.exit_code, ENDED_BY_SERVER);
    let left: Vec<i32> = fixture.sessions.list().iter().map(|info| info.id).collect();
    assert_eq!(left.len(), MAX_SESSIONS);
    assert!(left.contains(&oldest) && left.contains(&newest) && !left.contains(&sessions[1].0));
}

#[tokio::test]
async fn one_that_ended_makes_room_first() {
    let fixture = Fixture::new();
    let mut running = Vec::new();
    for at in 0..MAX_SESSIONS {
        // One in the middle ends as soon as nobody waits for it.
        let script = if at == 20 { "read; exit 3" } else { "sleep 1000" };
        let mut call = fixture.start(script, at == 20).await;
        let watcher = call.take_watcher().unwrap();
        running.push((call.info().id, watcher, tokio::spawn(call.finish(Some(250)))));
    }
    for (.., waiting) in &mut running {
        within(waiting).await.unwrap();
    }
    let ended = running[20].0;
    assert!(fixture.sessions.get(ended).is_some());
    // The write is abandoned before it could tell of the end.
    tokio::select! {
        biased;
        end = end_of(&mut running[20].1) => assert_eq!(end.exit_code, 3),
        _ = fixture.sessions.write_stdin(ended, "\n", Some(30_000)) => panic!("the call came back at once"),
    }
    assert!(fixture.sessions.get(ended).is_some());
    // It was used last, so the others have to be used after it.
    for (id, ..) in running.iter().skip(21) {
        let _ = fixture.sessions.write_stdin(*id, "x", None).await;
    }
    fixture.session("sleep 1000", false).await;
    assert_eq!(fixture.sessions.get(ended), None);
    assert!(fixture.sessions.get(running[0].0).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_sessions_run_side_by_side() {
    let fixture = Fixture::new();
    let calls = (0..50).map(|number| {
        let sessions = fixture.sessions.clone();
        let command = fixture.command(&format!("read line; echo {number} $line; exit {number}"), true);
        tokio::spawn(async move {
            let id = sessions.start(command).await.unwrap().finish(Some(250)).await;
            let CallStatus::Running(id) = id.status else { panic!("{id:?}") };
            let report = sessions.write_stdin(id, "go\n", Some(30_000)).await.unwrap();
            assert_eq!(report.status, CallStatus::Exited(number));
            assert_eq!(shown(&report), format!("go\r\n{number} go\r\n"));
        })
    });
    for call in calls.collect::<Vec<_>>() {
        within(call).await.unwrap();
    }
    assert!(fixture.sessions.list().is_empty());
}

#[test]
fn a_runtime_that_is_shut_down_leaves_nothing() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let fixture = Fixture::new();
    let pids = runtime.block_on(async {
        let (_, mut watcher) = fixture.session(FAMILY, false).await;
        numbers(&printed(&mut watcher, "ready").await)
    });
    runtime.shutdown_timeout(Duration::from_secs(5));
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    waiting.block_on(async {
        for pid in pids {
            gone(pid).await;
        }
    });
}
