//! Calls of the command tools: what they answer, when, and what a session takes.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;
use std::time::Duration;

use codex_exec::{Budget, CallStatus, ExecCommand, SessionEvent, WrapError, WriteError};

use crate::fixture::{Fixture, PATIENCE, end_of, printed, shown, within};

#[tokio::test]
async fn a_command_that_ends_answers_with_its_code_and_output() {
    let fixture = Fixture::new();
    let report = fixture.run("echo out; echo err >&2; echo more; exit 3").await;
    assert_eq!(report.status, CallStatus::Exited(3));
    // One pipe for both, so the order is that of writing.
    assert_eq!(shown(&report), "out\nerr\nmore\n");
    assert!(fixture.sessions.list().is_empty());
    let text = report.text(Budget::Tokens(10_000));
    assert!(text.starts_with("Chunk ID: ") && text.contains("\nOriginal token count: 4\n"), "{text}");
}

#[tokio::test]
async fn signals_are_told_as_codes() {
    let fixture = Fixture::new();
    assert_eq!(fixture.run("kill -9 $$").await.status, CallStatus::Exited(137));
    assert_eq!(fixture.run("kill -TERM $$").await.status, CallStatus::Exited(143));
    let on_terminal = fixture.start("kill -9 $$", true).await;
    assert_eq!(within(on_terminal.finish(None)).await.status, CallStatus::Exited(1));
}

#[tokio::test]
async fn the_process_leads_a_session_of_its_own_and_has_no_input() {
    let fixture = Fixture::new();
    let report = fixture
        .run("cat; cut -d' ' -f1,5,6,7 /proc/self/stat; echo $$; readlink /proc/$$/fd/0; ls /proc/$$/fd; :")
        .await;
    let shown = shown(&report);
    let lines: Vec<&str> = shown.lines().collect();
    let ids: Vec<&str> = lines[0].split(' ').collect();
    // Process group and session are those of the shell; no controlling terminal.
    assert_eq!((ids[1], ids[2], ids[3]), (lines[1], lines[1], "0"), "{shown}");
    assert_eq!(lines[2], "/dev/null");
    // Nothing that we opened is inherited; 255 is the shell's own.
    let usual = |fd: &&str| ["0", "1", "2", "255"].contains(fd) || inherited(fd);
    assert!(lines[3..].iter().all(usual), "{shown}");
}

/// Whether whoever started these tests left this descriptor open for all of their descendants.
fn inherited(fd: &str) -> bool {
    const CLOSE_ON_EXEC: u32 = 0o2_000_000;
    let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}")).unwrap_or_default();
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
    flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).is_some_and(|flags| flags & CLOSE_ON_EXEC == 0)
}

#[tokio::test]
async fn a_terminal_has_the_usual_size_and_echoes() {
    let fixture = Fixture::new();
    let (id, mut watcher) = fixture.session("tty; stty size; read line; echo got $line; exit 4", true).await;
    printed(&mut watcher, "24 80\r\n").await;
    let report = within(fixture.sessions.write_stdin(id, "hello\n", Some(30_000))).await.unwrap();
    assert_eq!(report.status, CallStatus::Exited(4));
    let all = end_of(&mut watcher).await.output;
    assert!(all.starts_with("/dev/pts/") && all.ends_with("hello\r\ngot hello\r\n"), "{all}");
    // The call tells only what is new since the last one.
    assert_eq!(shown(&report), "hello\r\ngot hello\r\n");
    assert_eq!(within(fixture.sessions.write_stdin(id, "x", None)).await, Err(WriteError::Unknown(id)));
}

#[tokio::test]
async fn the_end_of_file_key_ends_a_terminal_program() {
    let fixture = Fixture::new();
    let (id, mut watcher) = fixture.session("cat; exit 7", true).await;
    let report = within(fixture.sessions.write_stdin(id, "\u{4}", Some(30_000))).await.unwrap();
    assert_eq!(report.status, CallStatus::Exited(7));
    assert_eq!(end_of(&mut watcher).await.exit_code, 7);
}

#[tokio::test]
async fn without_a_terminal_only_the_interrupt_key_is_taken() {
    let fixture = Fixture::new();
    let (id, mut watcher) =
        fixture.session("trap 'echo caught' INT; echo ready; while :; do read -t 9 <> <(:); done", false).await;
    printed(&mut watcher, "ready\n").await;
    for text in ["abc", "\u{3}x", "\u{4}"] {
        let error = within(fixture.sessions.write_stdin(id, text, None)).await.unwrap_err();
        assert_eq!(error, WriteError::Closed);
        assert!(error.to_string().starts_with("write_stdin failed: stdin is closed for this session; rerun"));
    }
    let report = within(fixture.sessions.write_stdin(id, "\u{3}", Some(250))).await.unwrap();
    assert_eq!(report.status, CallStatus::Running(id));
    printed(&mut watcher, "caught\n").await;

    let (id, _watcher) = fixture.session("sleep 1000", false).await;
    let report = within(fixture.sessions.write_stdin(id, "\u{3}", Some(30_000))).await.unwrap();
    assert_eq!(report.status, CallStatus::Exited(130));
}

#[tokio::test]
async fn a_session_that_ended_unwatched_still_tells_its_result_once() {
    let fixture = Fixture::new();
    let (id, mut watcher) = fixture.session("echo a; read line; echo b; exit 3", true).await;
    // Not through a call, so that nobody waits for the end.
    let gate = fixture.sessions.write_stdin(id, "go\n", Some(250));
    let first = within(gate).await.unwrap();
    assert_eq!(end_of(&mut watcher).await.exit_code, 3);
    if first.status == CallStatus::Running(id) {
        // Text for what has ended is no error.
        let report = within(fixture.sessions.write_stdin(id, "late", None)).await.unwrap();
        assert_eq!(report.status, CallStatus::Exited(3));
    }
    let error = within(fixture.sessions.write_stdin(id, "", None)).await.unwrap_err();
    assert_eq!(error.to_string(), format!("write_stdin failed: Unknown process id {id}"));
}

#[tokio::test]
async fn of_two_calls_that_wait_one_tells_the_end() {
    let fixture = Fixture::new();
    let (id, _watcher) = fixture.session("read line; echo done; exit 5", true).await;
    let (one, two) = within(async {
        tokio::join!(fixture.sessions.write_stdin(id, "", None), fixture.sessions.write_stdin(id, "x\n", Some(30_000)))
    })
    .await;
    let ended = [&one, &two]
        .into_iter()
        .filter(|report| matches!(report, Ok(report) if report.status == CallStatus::Exited(5)));
    assert_eq!(ended.count(), 1);
    assert!([one, two].contains(&Err(WriteError::Unknown(id))));
}

#[tokio::test(start_paused = true)]
async fn waits_are_held_within_bounds() {
    let fixture = Fixture::new();
    for (asked, waited) in [(None, 10_000), (Some(0), 250), (Some(1_000), 1_000), (Some(100_000), 30_000)] {
        let report = fixture.start("read", true).await.finish(asked).await;
        assert!(matches!(report.status, CallStatus::Running(_)));
        assert_eq!(report.wall_time.as_millis(), waited, "{asked:?}");
    }
    let id = fixture.sessions.list()[0].id;
    for (text, asked, waited) in [
        ("", None, 5_000),
        ("", Some(100), 5_000),
        ("", Some(1_000_000), 300_000),
        ("x", None, 250),
        ("x", Some(100_000), 30_000),
    ] {
        let report = fixture.sessions.write_stdin(id, text, asked).await.unwrap();
        assert_eq!(report.wall_time.as_millis(), waited, "{text:?} {asked:?}");
    }
}

#[tokio::test]
async fn a_terminal_that_is_not_read_refuses_text_instead_of_waiting() {
    let fixture = Fixture::new();
    let (id, _watcher) = fixture.session("stty raw -echo; echo ready; sleep 1000", true).await;
    let much = "x".repeat(4 * 1024 * 1024);
    let error = within(fixture.sessions.write_stdin(id, &much, Some(250))).await.unwrap_err();
    assert_eq!(error, WriteError::NotReading);
    assert!(fixture.sessions.terminate(id));
}

#[tokio::test]
async fn a_failed_start_says_why() {
    let fixture = Fixture::new();
    let plain = fixture.path("plain");
    std::fs::write(&plain, "").unwrap();
    std::fs::set_permissions(&plain, std::fs::Permissions::from_mode(0o644)).unwrap();
    for tty in [false, true] {
        for (change, expected) in [
            ("cwd", "No such file or directory (os error 2)"),
            ("file", "Not a directory (os error 20)"),
            ("program", "No such file or directory (os error 2)"),
            ("not executable", "Permission denied (os error 13)"),
            ("nul", "nul byte found in provided data"),
        ] {
            let mut command = fixture.command("true", tty);
            match change {
                "cwd" => command.spec.cwd = fixture.path("missing"),
                "file" => command.spec.cwd = plain.clone(),
                "program" => command.spec.argv[0] = "no-such-program".to_owned(),
                "not executable" => command.spec.argv[0] = plain.to_string_lossy().into_owned(),
                _ => command.spec.argv[2].push('\0'),
            }
            let error = fixture.sessions.start(command).await.err().expect(change);
            assert_eq!(
                error.to_string(),
                format!("Failed to create unified exec process: {expected}"),
                "{change} {tty}"
            );
        }
    }
    assert!(fixture.sessions.list().is_empty());
}

#[tokio::test]
async fn a_command_can_be_wrapped_and_a_refusal_is_an_error() {
    let fixture = Fixture::new();
    let mut command = fixture.command("echo $0 $WRAPPED", false);
    command.wrap = Some(Arc::new(|mut spec| {
        spec.argv.insert(0, "env".to_owned());
        spec.argv.insert(1, "WRAPPED=yes".to_owned());
        Ok(spec)
    }));
    let call = fixture.sessions.start(command).await.unwrap();
    assert_eq!(call.info().argv, ["/bin/bash", "-c", "echo $0 $WRAPPED"]);
    assert_eq!(shown(&within(call.finish(None)).await), "/bin/bash yes\n");

    let mut command = fixture.command("true", false);
    command.wrap = Some(Arc::new(|_| Err(WrapError("this kernel has no sandbox".to_owned()))));
    let error = fixture.sessions.start(command).await.err().unwrap();
    assert_eq!(error.to_string(), "Failed to create unified exec process: this kernel has no sandbox");
}

#[tokio::test]
async fn the_program_may_be_given_another_name() {
    let fixture = Fixture::new();
    let mut spec = fixture.spec("echo $0");
    spec.arg0 = Some("apply_patch".to_owned());
    let command = ExecCommand { spec, wrap: None, tty: false, tag: String::new() };
    let call = fixture.sessions.start(command).await.unwrap();
    assert_eq!(shown(&within(call.finish(None)).await), "apply_patch\n");
}

#[tokio::test]
async fn output_that_is_no_text_is_made_text_and_huge_lines_are_kept_at_both_ends() {
    let fixture = Fixture::new();
    let report = fixture.run(r"printf 'a\377\376b\303(\342\202'").await;
    assert_eq!(shown(&report), "a\u{fffd}\u{fffd}b\u{fffd}(\u{fffd}");
    assert_eq!(report.output.tokens(), 2);
    let report = fixture.run(r"head -c 2000000 /dev/zero | tr '\0' x").await;
    assert_eq!((report.output.total_bytes, report.output.omitted_bytes), (2_000_000, 951_424));
    assert!(
        shown(&report).starts_with(
            "Warning: truncated output (original token count: 500000)\n... 951424 bytes omitted ...\n\nxx"
        )
    );
}

#[tokio::test]
async fn watchers_get_whole_characters_in_order_and_then_the_end() {
    let fixture = Fixture::new();
    let script = r"printf 'a\303'; read; printf '\251b'; read; printf '\303'; read; printf '!'; exit 2";
    let mut call = fixture.start(&format!("stty -echo; {script}"), true).await;
    let mut watcher = call.take_watcher().unwrap();
    let id = call.info().id;
    let waiting = tokio::spawn(call.finish(Some(250)));
    printed(&mut watcher, "a").await;
    within(waiting).await.unwrap();
    within(fixture.sessions.write_stdin(id, "\n", None)).await.unwrap();
    assert_eq!(printed(&mut watcher, "b").await, "éb");
    within(fixture.sessions.write_stdin(id, "\n", None)).await.unwrap();
    within(fixture.sessions.write_stdin(id, "\n", Some(30_000))).await.unwrap();
    assert_eq!(printed(&mut watcher, "!").await, "\u{fffd}!");
    assert_eq!(end_of(&mut watcher).await.output, "aéb\u{fffd}!");
    assert_eq!(within(watcher.next()).await, None);
}

#[tokio::test]
async fn a_watcher_that_lags_misses_output_but_not_the_end() {
    let fixture = Fixture::new();
    let mut call = fixture.start(r"head -c 20000000 /dev/zero | tr '\0' x; echo end", false).await;
    let mut watcher = call.take_watcher().unwrap();
    let report = within(call.finish(Some(30_000))).await;
    assert_eq!(report.output.total_bytes, 20_000_004);
    let mut seen = 0;
    let end = loop {
        match within(watcher.next()).await.unwrap() {
            SessionEvent::Output(text) => seen += text.len(),
            SessionEvent::Ended(end) => break end,
        }
    };
    assert!(watcher.missed() > 0 && seen <= 64 * 8 * 1024, "{} {seen}", watcher.missed());
    assert!(end.output.ends_with("xend\n"));
}

#[tokio::test]
async fn output_of_descendants_counts_for_a_moment_only() {
    let fixture = Fixture::new();
    let mut call = fixture.start("sleep 1000 & echo hi", false).await;
    let mut watcher = call.take_watcher().unwrap();
    let report = within(call.finish(Some(30_000))).await;
    assert_eq!((report.status, shown(&report).as_str()), (CallStatus::Exited(0), "hi\n"));
    let end = end_of(&mut watcher).await;
    assert!(end.duration >= Duration::from_millis(50) && end.duration < PATIENCE, "{end:?}");
    // What was written before the exit is never lost.
    let report = fixture.run("seq 1 10000 & wait; seq 10001 20000").await;
    assert_eq!(report.output.text.lines().count(), 20_000);
}
