//! Commands of clients: buffered and streamed, capped, timed, fed, resized, ended.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codex_exec::{
    ClientCommand, CommandError, CommandErrorKind, CommandSpec, Commands, Family, FinishedCommand, Limit, Stream,
    TIMED_OUT, TerminalSize,
};

use crate::fixture::{Fixture, gone, numbers, within};

const EXEC: Family = Family::CommandExec;

struct Client {
    fixture: Fixture,
    commands: Commands<u32>,
}

impl Client {
    fn new() -> Self {
        let fixture = Fixture::new();
        Self { commands: Commands::new(fixture.spawner.clone()), fixture }
    }

    fn command(&self, script: &str) -> ClientCommand {
        command(self.fixture.spec(script))
    }

    async fn run(&self, command: ClientCommand) -> Result<FinishedCommand, CommandError> {
        within(async { self.commands.start(1, command).await?.finish().await }).await
    }

    async fn refused(&self, command: ClientCommand) -> (String, CommandErrorKind) {
        let error = self.run(command).await.unwrap_err();
        (error.to_string(), error.kind())
    }

    async fn write(&self, id: &str, bytes: &[u8], close: bool) -> Result<(), String> {
        let delta = STANDARD.encode(bytes);
        let write = self.commands.write(&1, EXEC, id, Some(&delta), close);
        within(async { write.await?.await }).await.map_err(|error| error.to_string())
    }
}

fn command(spec: CommandSpec) -> ClientCommand {
    ClientCommand {
        family: EXEC,
        spec,
        wrap: None,
        id: None,
        tty: false,
        stream_stdin: false,
        stream_output: false,
        size: None,
        output_cap: Limit::Default,
        timeout_ms: Limit::Default,
    }
}

fn streamed(command: ClientCommand) -> ClientCommand {
    ClientCommand { id: Some("p".to_owned()), stream_output: true, ..command }
}

fn fed(command: ClientCommand) -> ClientCommand {
    ClientCommand { id: Some("p".to_owned()), stream_stdin: true, ..command }
}

fn on_terminal(command: ClientCommand) -> ClientCommand {
    ClientCommand { id: Some("p".to_owned()), tty: true, ..command }
}

/// All deltas of a stream as text, and whether its cap was reached.
async fn deltas(running: &mut codex_exec::RunningCommand, wanted: Stream) -> (String, bool) {
    let (mut bytes, mut cap_reached) = (Vec::new(), false);
    while let Some(delta) = within(running.next_delta()).await {
        if delta.stream == wanted {
            assert!(!cap_reached, "nothing follows the cap");
            bytes.extend_from_slice(&delta.bytes);
            cap_reached = delta.cap_reached;
        }
    }
    (String::from_utf8(bytes).unwrap(), cap_reached)
}

#[tokio::test]
async fn buffered_output_comes_at_the_end() {
    let client = Client::new();
    let finished = client.run(client.command("echo out; echo err >&2; exit 4")).await.unwrap();
    let expected = FinishedCommand {
        exit_code: 4,
        stdout: "out\n".to_owned(),
        stdout_cap_reached: false,
        stderr: "err\n".to_owned(),
        stderr_cap_reached: false,
        drain_timed_out: false,
    };
    assert_eq!(finished, expected);
    for (script, code) in [("kill -9 $$", 137), ("kill -TERM $$", 143), ("cat", 0)] {
        assert_eq!(client.run(client.command(script)).await.unwrap().exit_code, code, "{script}");
    }
    // No UTF-8: the likeliest encoding.
    let finished = client.run(client.command(r"printf 'caf\351'")).await.unwrap();
    assert_eq!(finished.stdout, "café");
}

#[tokio::test]
async fn an_output_cap_cuts_silently_and_the_command_goes_on() {
    let client = Client::new();
    let capped = ClientCommand {
        output_cap: Limit::At(4),
        ..client.command("printf 0123456789; printf abc >&2; head -c 3000000 /dev/zero; exit 2")
    };
    let finished = client.run(capped).await.unwrap();
    assert_eq!((finished.stdout.as_str(), finished.stdout_cap_reached), ("0123", true));
    assert_eq!((finished.stderr.as_str(), finished.stderr_cap_reached), ("abc", false));
    assert_eq!(finished.exit_code, 2);
    let much = || client.command("head -c 3000000 /dev/zero");
    assert_eq!(client.run(much()).await.unwrap().stdout.len(), 1_048_576);
    let unlimited = ClientCommand { output_cap: Limit::Off, ..much() };
    assert_eq!(client.run(unlimited).await.unwrap().stdout.len(), 3_000_000);
}

#[tokio::test]
async fn streamed_output_is_not_repeated_and_none_is_lost() {
    let client = Client::new();
    let script = "seq 1 300000; echo err >&2";
    let command = ClientCommand { output_cap: Limit::Off, ..streamed(client.command(script)) };
    let mut running = client.commands.start(1, command).await.unwrap();
    let (text, capped) = deltas(&mut running, Stream::Stdout).await;
    assert_eq!((text.lines().count(), text.len(), capped), (300_000, 1_988_895, false));
    let finished = within(running.finish()).await.unwrap();
    assert_eq!((finished.stdout.as_str(), finished.stderr.as_str(), finished.exit_code), ("", "", 0));

    let command =
        ClientCommand { output_cap: Limit::At(12), ..streamed(client.command("printf 0123456789; printf abc")) };
    let mut running = client.commands.start(1, command).await.unwrap();
    assert_eq!(deltas(&mut running, Stream::Stdout).await, ("0123456789ab".to_owned(), true));
    assert!(within(running.finish()).await.unwrap().stdout_cap_reached);
}

#[tokio::test]
async fn time_runs_out_for_the_whole_family() {
    let client = Client::new();
    for tty in [false, true] {
        let script = "trap 'echo late' TERM; echo $$; sleep 1000 & echo $!; wait; sleep 1000";
        let command = ClientCommand { timeout_ms: Limit::At(300), tty, ..streamed(client.command(script)) };
        let mut running = client.commands.start(1, command).await.unwrap();
        let (text, _) = deltas(&mut running, Stream::Stdout).await;
        assert_eq!(within(running.finish()).await.unwrap().exit_code, TIMED_OUT);
        assert!(!text.contains("late"), "{text}");
        let pids = numbers(&text);
        assert_eq!(pids.len(), 2);
        for pid in pids {
            gone(pid).await;
        }
    }
    let none = ClientCommand { timeout_ms: Limit::At(0), ..client.command("sleep 1000") };
    assert_eq!(client.run(none).await.unwrap().exit_code, TIMED_OUT);
}

#[tokio::test(start_paused = true)]
async fn the_usual_time_is_ten_seconds() {
    let client = Client::new();
    let started = tokio::time::Instant::now();
    let running = client.commands.start(1, client.command("sleep 1000")).await.unwrap();
    assert_eq!(running.finish().await.unwrap().exit_code, TIMED_OUT);
    // The clock may jump on to the end of the wait for output.
    assert!((10..=12).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}

#[tokio::test]
async fn descendants_are_waited_for_two_seconds() {
    let client = Client::new();
    let started = Instant::now();
    let finished = client.run(client.command("sleep 1000 & echo $!")).await.unwrap();
    assert!(finished.drain_timed_out && started.elapsed() >= Duration::from_secs(2));
    gone(numbers(&finished.stdout)[0]).await;
    // An output whose cap is reached is not waited for.
    let script = "sleep 1000 2>/dev/null & exec 2>&-; echo $!";
    let capped = ClientCommand { output_cap: Limit::At(1), ..client.command(script) };
    let started = Instant::now();
    let finished = client.run(capped).await.unwrap();
    assert!(!finished.drain_timed_out && started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn input_is_written_and_closed() {
    let client = Client::new();
    let running = client.commands.start(1, fed(client.command("cat; echo end"))).await.unwrap();
    client.write("p", b"hello", false).await.unwrap();
    client.write("p", b" you", true).await.unwrap();
    assert_eq!(client.write("p", b"x", false).await.unwrap_err(), "stdin is already closed");
    // Closing twice is no error.
    within(async { client.commands.write(&1, EXEC, "p", None, true).await?.await }).await.unwrap();
    assert_eq!(within(running.finish()).await.unwrap().stdout, "hello youend\n");
    assert_eq!(client.write("p", b"x", false).await.unwrap_err(), "no active command/exec for process id \"p\"");
}

#[tokio::test]
async fn a_command_that_does_not_read_holds_writers_up_until_it_does_or_ends() {
    let client = Client::new();
    let gate = client.fixture.path("gate");
    let script = format!("mkfifo {0}; echo made; read < {0}; wc -c", gate.display());
    let command = ClientCommand { stream_output: true, ..fed(client.command(&script)) };
    let mut running = client.commands.start(1, command).await.unwrap();
    assert_eq!(&within(running.next_delta()).await.unwrap().bytes[..], b"made\n");
    let much = vec![b'x'; 4_000_000];
    let mut writing = Box::pin(client.write("p", &much, true));
    // More than the pipe and the queue hold together, so it cannot be done yet.
    assert!(tokio::time::timeout(Duration::from_millis(200), &mut writing).await.is_err());
    std::fs::write(&gate, "go\n").unwrap();
    writing.await.unwrap();
    let (text, _) = deltas(&mut running, Stream::Stdout).await;
    assert_eq!(text, "4000000\n");

    let running = client.commands.start(1, fed(client.command("sleep 1000"))).await.unwrap();
    let writing = client.write("p", &much, false);
    let ending = async { client.commands.terminate(&1, EXEC, "p").await.unwrap() };
    let (written, ()) = within(async { tokio::join!(writing, ending) }).await;
    let error = written.unwrap_err();
    assert!(
        ["command/exec \"p\" is no longer running", "stdin is already closed"].contains(&error.as_str()),
        "{error}"
    );
    assert_eq!(within(running.finish()).await.unwrap().exit_code, 137);
}

#[tokio::test]
async fn writes_keep_their_order_however_long_they_are() {
    let client = Client::new();
    let gate = client.fixture.path("gate");
    let script = format!("mkfifo {0}; echo made; read < {0}; tr -s ab", gate.display());
    let command = ClientCommand { stream_output: true, ..fed(client.command(&script)) };
    let mut running = client.commands.start(1, command).await.unwrap();
    within(running.next_delta()).await.unwrap();
    let (first, second) = (STANDARD.encode(vec![b'a'; 4_000_000]), STANDARD.encode(vec![b'b'; 4_000_000]));
    let first = within(client.commands.write(&1, EXEC, "p", Some(&first), false)).await.unwrap();
    let second = within(client.commands.write(&1, EXEC, "p", Some(&second), true)).await.unwrap();
    std::fs::write(&gate, "go\n").unwrap();
    // The later one is waited for first, which changes nothing.
    let written = async { tokio::join!(second, first) };
    let (written, (text, _)) = within(async { tokio::join!(written, deltas(&mut running, Stream::Stdout)) }).await;
    assert!(written.0.is_ok() && written.1.is_ok());
    assert_eq!(text, "ab");
}

#[tokio::test]
async fn a_program_is_found_as_the_start_finds_it() {
    let fixture = Fixture::new();
    let found = |argv: &[&str], path: Option<&str>| {
        let mut spec = fixture.spec_of(argv);
        match path {
            Some(path) => spec.env.set("PATH", path),
            None => spec.env.remove("PATH"),
        }
        spec.find_program().map_err(|error| error.to_string())
    };
    let none = Err("No such file or directory (os error 2)".to_owned());
    let forbidden = Err("Permission denied (os error 13)".to_owned());
    assert!(found(&["sh"], None).is_ok());
    assert!(found(&["sh"], Some("/nonexistent:/bin")).is_ok());
    assert_eq!(found(&["sh"], Some("/nonexistent")), none);
    assert_eq!(found(&["./sh"], Some("/bin")), none);
    assert_eq!(found(&[], Some("/bin")), none);
    std::fs::write(fixture.path("plain"), "").unwrap();
    assert_eq!(found(&["./plain"], None), forbidden);
    assert_eq!(found(&["plain"], Some(".:/nonexistent")), forbidden);
    assert_eq!(found(&["/"], None), forbidden);
}

#[tokio::test]
async fn a_terminal_streams_both_ways_and_is_resized() {
    let client = Client::new();
    let script = "read x; echo got $x; read y; stty size; read z";
    let command =
        ClientCommand { size: Some(TerminalSize { rows: 7, cols: 9 }), ..on_terminal(client.command(script)) };
    let mut running = client.commands.start(1, command).await.unwrap();
    client.write("p", b"hello\n", false).await.unwrap();
    within(client.commands.resize(&1, EXEC, "p", TerminalSize { rows: 11, cols: 22 })).await.unwrap();
    // The end of the input is the end-of-file key on a line of its own.
    client.write("p", b"\n", true).await.unwrap();
    assert_eq!(client.write("p", b"x", false).await.unwrap_err(), "stdin is already closed");
    let (text, _) = deltas(&mut running, Stream::Stdout).await;
    assert!(text.contains("got hello\r\n") && text.contains("11 22\r\n"), "{text:?}");
    assert_eq!(within(running.finish()).await.unwrap().stdout, "");
}

#[tokio::test]
async fn terminating_kills_at_once() {
    let client = Client::new();
    for (tty, code) in [(false, 137), (true, 1)] {
        let command = ClientCommand { tty, ..streamed(client.command("trap 'echo late' TERM; echo $$; sleep 1000")) };
        let mut running = client.commands.start(1, command).await.unwrap();
        let pid = numbers(&String::from_utf8_lossy(&within(running.next_delta()).await.unwrap().bytes))[0];
        within(client.commands.terminate(&1, EXEC, "p")).await.unwrap();
        assert_eq!(deltas(&mut running, Stream::Stdout).await, (String::new(), false));
        assert_eq!(within(running.finish()).await.unwrap().exit_code, code);
        gone(pid).await;
    }
    let error = within(client.commands.terminate(&1, EXEC, "p")).await.unwrap_err();
    assert_eq!(error.to_string(), "no active command/exec for process id \"p\"");
}

#[tokio::test]
async fn ids_belong_to_an_owner_and_a_family() {
    let client = Client::new();
    let command = || fed(client.command("cat"));
    let one = client.commands.start(1, command()).await.unwrap();
    let two = client.commands.start(2, command()).await.unwrap();
    let process = ClientCommand { family: Family::Process, ..command() };
    let three = client.commands.start(1, process).await.unwrap();
    let error = client.commands.start(1, command()).await.unwrap_err();
    assert_eq!(error.to_string(), "duplicate active command/exec process id: \"p\"");
    let process = ClientCommand { family: Family::Process, ..command() };
    let error = client.commands.start(1, process).await.unwrap_err();
    assert_eq!(error.to_string(), "duplicate active process handle: \"p\"");
    assert_eq!((client.commands.count(&1), client.commands.count(&2)), (2, 1));

    client.commands.end(&1);
    assert_eq!(within(one.finish()).await.unwrap().exit_code, 137);
    assert_eq!(within(three.finish()).await.unwrap().exit_code, 137);
    assert_eq!((client.commands.count(&1), client.commands.count(&2)), (0, 1));
    within(async { client.commands.write(&2, EXEC, "p", None, true).await?.await }).await.unwrap();
    assert_eq!(within(two.finish()).await.unwrap().exit_code, 0);
    // Free again.
    assert_eq!(
        client.run(ClientCommand { id: Some("p".to_owned()), ..client.command("exit 5") }).await.unwrap().exit_code,
        5
    );
}

#[tokio::test]
async fn a_dropped_command_is_killed_and_its_id_is_free() {
    let client = Client::new();
    let mut running = client.commands.start(1, streamed(client.command("echo $$; sleep 1000"))).await.unwrap();
    let pid = numbers(&String::from_utf8_lossy(&within(running.next_delta()).await.unwrap().bytes))[0];
    drop(running);
    gone(pid).await;
    let again = client.commands.start(1, streamed(client.command("true"))).await;
    assert!(again.is_ok());
}

#[tokio::test]
async fn a_client_that_takes_nothing_loses_nothing_and_can_still_end_it() {
    let client = Client::new();
    let command = ClientCommand {
        output_cap: Limit::Off,
        ..streamed(client.command("head -c 2000000 /dev/zero; echo; sleep 1000 &"))
    };
    let mut running = client.commands.start(1, command).await.unwrap();
    // The command has ended long ago from its own view only when all was taken.
    let first = within(running.next_delta()).await.unwrap();
    let rest = deltas(&mut running, Stream::Stdout).await.0;
    assert_eq!(first.bytes.len() + rest.len(), 2_000_001);

    let endless = ClientCommand { timeout_ms: Limit::Off, output_cap: Limit::Off, ..streamed(client.command("yes")) };
    let running = client.commands.start(1, endless).await.unwrap();
    within(client.commands.terminate(&1, EXEC, "p")).await.unwrap();
    assert_eq!(within(running.finish()).await.unwrap().exit_code, 137);
}

#[tokio::test]
async fn contradictions_are_refused() {
    use CommandErrorKind::{Internal, InvalidParams, InvalidRequest};
    let client = Client::new();
    let plain = || client.command("true");
    let named = || ClientCommand { id: Some("p".to_owned()), ..plain() };
    let size = |rows| Some(TerminalSize { rows, cols: 10 });
    let with_argv = |argv: &[&str]| command(client.fixture.spec_of(argv));
    for (command, text, kind) in [
        (with_argv(&[]), "command must not be empty", InvalidRequest),
        (with_argv(&[""]), "failed to spawn command: missing program for pipe spawn", Internal),
        (
            ClientCommand { tty: true, id: Some("p".to_owned()), ..with_argv(&[""]) },
            "failed to spawn command: missing program for PTY spawn",
            Internal,
        ),
        (with_argv(&["no-such-program"]), "failed to spawn command: No such file or directory (os error 2)", Internal),
        (with_argv(&["/etc"]), "failed to spawn command: Permission denied (os error 13)", Internal),
        (
            ClientCommand { stream_output: true, ..plain() },
            "command/exec tty or streaming requires a client-supplied processId",
            InvalidRequest,
        ),
        (ClientCommand { size: size(10), ..plain() }, "command/exec size requires tty: true", InvalidParams),
        (
            ClientCommand { size: size(0), tty: true, ..named() },
            "command/exec size rows and cols must be greater than 0",
            InvalidParams,
        ),
        (
            ClientCommand { timeout_ms: Limit::At(-5), ..plain() },
            "command/exec timeoutMs must be non-negative, got -5",
            InvalidParams,
        ),
        (
            ClientCommand { timeout_ms: Limit::from_switch(Some(1), true), ..plain() },
            "command/exec cannot set both timeoutMs and disableTimeout",
            InvalidParams,
        ),
        // Of several complaints the first of these counts.
        (
            ClientCommand { size: size(0), output_cap: Limit::Contradictory, ..plain() },
            "command/exec size requires tty: true",
            InvalidParams,
        ),
        (
            ClientCommand { tty: true, output_cap: Limit::from_switch(Some(1), true), ..plain() },
            "command/exec cannot set both outputBytesCap and disableOutputCap",
            InvalidParams,
        ),
        (
            ClientCommand { tty: true, size: size(0), timeout_ms: Limit::At(-1), ..plain() },
            "command/exec timeoutMs must be non-negative, got -1",
            InvalidParams,
        ),
        (
            ClientCommand { tty: true, size: size(0), ..plain() },
            "command/exec size rows and cols must be greater than 0",
            InvalidParams,
        ),
        (
            ClientCommand { family: Family::Process, id: Some(String::new()), ..plain() },
            "processHandle must not be empty",
            InvalidRequest,
        ),
    ] {
        assert_eq!(client.refused(command).await, (text.to_owned(), kind));
    }
    assert_eq!(Limit::<i64>::from_switch(None, true), Limit::Off);
    assert_eq!(Limit::from_switch(Some(3), false), Limit::At(3));
    assert_eq!(Limit::<i64>::from_nullable(Some(None)), Limit::Off);
    assert_eq!(client.commands.count(&1), 0);
}

#[tokio::test]
async fn what_a_command_does_not_have_is_told() {
    let client = Client::new();
    let command = ClientCommand { id: Some("p".to_owned()), ..client.command("sleep 1000") };
    let running = client.commands.start(1, command).await.unwrap();
    assert_eq!(
        client.write("p", b"x", false).await.unwrap_err(),
        "stdin streaming is not enabled for this command/exec"
    );
    let commands = &client.commands;
    let size = TerminalSize { rows: 1, cols: 1 };
    let error = within(commands.resize(&1, EXEC, "p", size)).await.unwrap_err();
    assert_eq!(error.to_string(), "failed to resize PTY: process is not attached to a PTY");
    let error = within(commands.resize(&1, EXEC, "no", TerminalSize { rows: 0, cols: 1 })).await.unwrap_err();
    assert_eq!(error.to_string(), "command/exec size rows and cols must be greater than 0");
    let error = within(commands.write(&1, EXEC, "no", None, false)).await.unwrap_err();
    assert_eq!(error.to_string(), "command/exec/write requires deltaBase64 or closeStdin");
    let error = within(commands.write(&1, EXEC, "no", Some("!!"), false)).await.unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.kind()),
        ("invalid deltaBase64: Invalid symbol 33, offset 0.", CommandErrorKind::InvalidParams)
    );
    drop(running);
}

#[tokio::test]
async fn requests_wait_for_a_command_that_is_being_started() {
    let client = Client::new();
    let starting = client.commands.start(1, fed(client.command("cat")));
    let writing = client.write("p", b"early", true);
    let (running, written) = within(async { tokio::join!(starting, writing) }).await;
    written.unwrap();
    assert_eq!(within(running.unwrap().finish()).await.unwrap().stdout, "early");

    let starting = client.commands.start(1, fed(command(client.fixture.spec_of(&["no-such-program"]))));
    let writing = client.write("p", b"early", true);
    let (running, written) = within(async { tokio::join!(starting, writing) }).await;
    assert!(running.is_err());
    assert_eq!(written.unwrap_err(), "no active command/exec for process id \"p\"");
}

#[tokio::test]
async fn an_owner_that_leaves_during_a_start_leaves_nothing() {
    let client = Client::new();
    let starting = client.commands.start(1, fed(client.command("sleep 1000")));
    let leaving = async { client.commands.end(&1) };
    let (running, ()) = within(async { tokio::join!(starting, leaving) }).await;
    assert_eq!(within(running.unwrap().finish()).await.unwrap().exit_code, 137);
}
