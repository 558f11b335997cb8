//! Promises about the lives of processes: exit codes, signals, terminals, and that nothing runs on.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use codex_sandbox::{Attachment, Backend, LinuxSandbox, Sandbox as _, SandboxMode, SandboxSpec};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};

use super::support::{Place, both, place, run, sandbox, start, with};

/// Every way to run a command on this host: without a sandbox and under each backend.
fn ways(place: &Place) -> Vec<(&'static str, LinuxSandbox, SandboxSpec)> {
    let reading = place.spec(SandboxMode::ReadOnly);
    let writing = place.spec(SandboxMode::WorkspaceWrite);
    let mut ways = vec![("full access", sandbox(), place.spec(SandboxMode::DangerFullAccess))];
    for (name, backend, spec) in [
        ("namespaces", Backend::Namespaces, &writing),
        ("bubblewrap", Backend::Bubblewrap, &writing),
        ("landlock", Backend::Landlock, &reading),
    ] {
        ways.extend(with(backend, spec).map(|sandbox| (name, sandbox, spec.clone())));
    }
    ways
}

#[test]
fn exit_codes_and_output_are_the_command_s() {
    let place = place();
    let unreadable = place.workspace.join("not-executable");
    fs::write(&unreadable, "").unwrap();
    for (name, sandbox, spec) in ways(&place) {
        for (script, code) in
            [("exit 0", 0), ("exit 7", 7), ("exit 255", 255), ("kill -9 $$", 137), ("kill -15 $$", 143)]
        {
            let output = run(&sandbox, &spec, place.script(script));
            assert_eq!(output.status.code(), Some(code), "{name}: {script}: {}", both(&output));
        }
        let output = run(&sandbox, &spec, place.script("echo out; echo err >&2; pwd"));
        assert_eq!(output.stdout, format!("out\n{}\n", place.workspace.display()).into_bytes(), "{name}");
        assert_eq!(output.stderr, b"err\n", "{name}");
        let output = run(&sandbox, &spec, place.command("no-such-program", &[]));
        assert_eq!(output.status.code(), Some(codex_sandbox::EXIT_NOT_FOUND), "{name}");
        assert!(both(&output).contains("cannot run no-such-program"), "{name}: {}", both(&output));
        let output = run(&sandbox, &spec, place.command(unreadable.to_str().unwrap(), &[]));
        assert_eq!(output.status.code(), Some(codex_sandbox::EXIT_NOT_EXECUTABLE), "{name}");
    }
}

#[test]
fn the_command_starts_as_clean_as_without_a_helper() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let script = "grep -E '^Sig(Blk|Ign)' /proc/self/status | tr -d '\\t'; umask";
        let output = run(&sandbox, &spec, place.script(script));
        let bare = Command::new("sh").args(["-c", script]).output().unwrap();
        assert_eq!(both(&output), both(&bare), "{name}");
        let output = run(&sandbox, &spec, place.script("ls /proc/self/fd"));
        assert_eq!(both(&output), "0\n1\n2\n3\n", "{name}: the last one is how the folder is read");
        let mut command = place.script("echo $LD_LIBRARY_PATH:$GLIBC_TUNABLES; env | grep -c SANDBOX_LATER");
        command.env.push(("LD_LIBRARY_PATH".into(), "/nonexistent".into()));
        command.env.push(("GLIBC_TUNABLES".into(), "glibc.malloc.check=0".into()));
        assert_eq!(both(&run(&sandbox, &spec, command)), "/nonexistent:glibc.malloc.check=0\n0\n", "{name}");
    }
}

#[test]
fn the_helper_itself_loads_no_library_that_a_command_could_have_made() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let mut command = place.script("exit 3");
        command.env.push(("LD_PRELOAD".into(), place.workspace.join("evil.so").into()));
        let output = run(&sandbox, &spec, command);
        // The linker complains once for each program that it was to load the library into.
        assert_eq!(both(&output).matches("evil.so").count(), 1, "{name}: {}", both(&output));
        assert_eq!(output.status.code(), Some(3), "{name}");
    }
}

/// A pipe with a name: as long as any process has it open for writing, its reader sees no end.
struct Witness {
    path: PathBuf,
}

impl Witness {
    fn new(place: &Place) -> Self {
        let path = place.workspace.join("witness");
        let _ = fs::remove_file(&path);
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::from_raw_mode(0o600)).unwrap();
        Self { path }
    }

    /// Opened for both, so that it does not wait for another end; a command may inherit it where it may not open it.
    fn held(&self) -> File {
        File::options().read(true).write(true).open(&self.path).unwrap()
    }

    fn reader(&self) -> File {
        use std::os::unix::fs::OpenOptionsExt as _;
        let file = File::options().read(true).custom_flags(libc::O_NONBLOCK).open(&self.path).unwrap();
        rustix::fs::fcntl_setfl(&file, rustix::fs::OFlags::empty()).unwrap();
        file
    }
}

/// A script that starts a child in another session, which holds the witness and ignores what it can, and then goes on.
fn daemon(then: &str) -> String {
    format!(
        "setsid sh -c 'trap \"\" HUP INT TERM; echo ready >&3; exec > /dev/null 2>&1; while :; do sleep 100; done' & \
         sh -c 'setsid sh -c \"echo ready >&3; exec sleep 100\" &' ; {then}"
    )
}

/// Starts a command whose descriptor 3 is the witness, and waits until both of its daemons are there.
fn start_with_daemons(prepared: codex_sandbox::PreparedCommand, witness: &Witness) -> (Child, File) {
    let reader = witness.reader();
    // The helper closes all but the standard descriptors, so the standard error stands for number 3.
    let child = start(prepared).stderr(witness.held()).spawn().unwrap();
    let mut lines = BufReader::new(reader);
    let mut line = String::new();
    for _ in 0..2 {
        line.clear();
        lines.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
    }
    (child, lines.into_inner())
}

fn with_witness(script: &str) -> String {
    format!("exec 3>&2; {script}")
}

/// Longer than everything may take on a busy machine, and shorter than what the commands would take by themselves.
const SOON: Duration = Duration::from_secs(20);

/// Waits until nobody has the witness open for writing any more.
fn all_gone(mut reader: File, since: Instant, name: &str) {
    loop {
        let left = Timespec::try_from(SOON.saturating_sub(since.elapsed())).unwrap();
        let mut watched = [PollFd::new(&reader, PollFlags::IN)];
        assert_ne!(poll(&mut watched, Some(&left)).unwrap(), 0, "{name}: something runs on");
        if reader.read(&mut [0; 64]).unwrap() == 0 {
            return;
        }
    }
}

#[test]
fn what_went_into_another_session_ends_with_its_command() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let witness = Witness::new(&place);
        let command = place.script(&with_witness(&daemon("read line; exit 5")));
        let prepared = sandbox.prepare(&spec, command).unwrap();
        let reader = witness.reader();
        let mut child = start(prepared).stdin(Stdio::piped()).stderr(witness.held()).spawn().unwrap();
        let mut lines = BufReader::new(reader);
        for _ in 0..2 {
            lines.read_line(&mut String::new()).unwrap();
        }
        let since = Instant::now();
        child.stdin.take().unwrap().write_all(b"go\n").unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(5), "{name}");
        all_gone(lines.into_inner(), since, name);
    }
}

#[test]
fn a_command_that_is_asked_to_end_ends_with_all_it_started() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        for (stubborn, code) in [(false, 143), (true, 137)] {
            let witness = Witness::new(&place);
            let trap = if stubborn { "trap '' TERM; " } else { "" };
            let command = place.script(&with_witness(&format!("{trap}{}", daemon("while :; do sleep 100; done"))));
            let (mut child, reader) = start_with_daemons(sandbox.prepare(&spec, command).unwrap(), &witness);
            let since = Instant::now();
            kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(code), "{name}: stubborn {stubborn}");
            all_gone(reader, since, name);
        }
    }
}

#[test]
fn a_helper_that_is_killed_takes_everything_along() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        for whole_group in [false, true] {
            let witness = Witness::new(&place);
            let command = place.script(&with_witness(&daemon("while :; do sleep 100; done")));
            let reader = witness.reader();
            let mut starting = start(sandbox.prepare(&spec, command).unwrap());
            let mut child = starting.stderr(witness.held()).process_group(0).spawn().unwrap();
            drop(starting);
            let mut lines = BufReader::new(reader);
            for _ in 0..2 {
                lines.read_line(&mut String::new()).unwrap();
            }
            let since = Instant::now();
            let pid = Pid::from_child(&child);
            if whole_group {
                rustix::process::kill_process_group(pid, Signal::KILL).unwrap();
            } else {
                kill_process(pid, Signal::KILL).unwrap();
            }
            assert_eq!(child.wait().unwrap().signal(), Some(9));
            all_gone(lines.into_inner(), since, name);
        }
    }
}

#[test]
fn signals_reach_the_command() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let command = place.script("trap 'echo got; exit 9' INT; echo ready; while :; do sleep 0.05; done");
        let mut child = start(sandbox.prepare(&spec, command).unwrap()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        lines.read_line(&mut said).unwrap();
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        lines.read_line(&mut said).unwrap();
        assert_eq!(said, "ready\ngot\n", "{name}");
        assert_eq!(child.wait().unwrap().code(), Some(9), "{name}");
    }
}

#[test]
fn the_group_of_a_command_is_its_own() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        // `kill 0` reaches the command's group: the script survives it, and so do its helper and this test.
        let output = run(&sandbox, &spec, place.script("trap '' TERM; kill 0; echo still here"));
        assert_eq!(both(&output), "still here\n", "{name}");
    }
}

#[test]
fn whoever_lost_its_parent_is_reaped() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        // A zombie keeps its folder in /proc; this ends only when somebody takes note of its end.
        let script = "orphan=$(sh -c 'true & echo $!'); while [ -e /proc/$orphan ]; do sleep 0.01; done; echo reaped";
        assert_eq!(both(&run(&sandbox, &spec, place.script(script))), "reaped\n", "{name}");
    }
}

/// Where a process that plays the server finds what it is to do; the test below is that process.
const SERVER_VARIABLE: &str = "SANDBOX_TEST_SERVER";

#[test]
#[ignore = "runs only as the server that another test kills"]
fn server_that_gets_killed() {
    let Ok(job) = std::env::var(SERVER_VARIABLE) else { return };
    let (way, base) = job.split_once(':').unwrap();
    let place = Place::at(base.into());
    let (_, sandbox, spec) = ways(&place).into_iter().find(|(name, _, _)| *name == way).unwrap();
    let command = place.script(&with_witness(&daemon("while :; do sleep 100; done")));
    let prepared = sandbox.prepare(&spec, command).unwrap();
    let witness = Witness { path: place.workspace.join("witness") };
    let mut child = start(prepared).stderr(witness.held()).spawn().unwrap();
    child.wait().unwrap();
}

#[test]
fn nothing_outlives_a_server_that_is_killed() {
    let place = place();
    for (name, _, _) in ways(&place) {
        let witness = Witness::new(&place);
        let reader = witness.reader();
        let mut server = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "lives::server_that_gets_killed", "--ignored", "--quiet"])
            .env(SERVER_VARIABLE, format!("{name}:{}", place.base.display()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let held = witness.held();
        let mut lines = BufReader::new(reader);
        for _ in 0..2 {
            let mut line = String::new();
            lines.read_line(&mut line).unwrap();
            assert_eq!(line, "ready\n", "{name}");
        }
        drop(held);
        let since = Instant::now();
        server.kill().unwrap();
        assert_eq!(server.wait().unwrap().signal(), Some(9));
        all_gone(lines.into_inner(), since, name);
    }
}

#[test]
fn a_helper_whose_server_is_gone_runs_nothing() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let prepared = sandbox.prepare(&spec, place.script("echo ran")).unwrap();
        // A shell stands between, so the parent is another one than the process that prepared the command.
        let mut shell = Command::new("sh");
        shell.args(["-c", "\"$@\"; exit $?", "sh"]).arg(prepared.program).args(prepared.args);
        let output = shell.env_clear().envs(prepared.env).current_dir(prepared.cwd).output().unwrap();
        assert_eq!((both(&output).as_str(), output.status.code()), ("", Some(137)), "{name}");
    }
}

#[test]
fn a_terminal_is_the_command_s_own() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let slave = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let slave = File::options().read(true).write(true).open(slave).unwrap();
        let mut command = place.script("test -t 0 && echo ready; read line < /dev/tty; echo \"<$line>\"; exec cat");
        command.attachment = Attachment::Own;
        let prepared = sandbox.prepare(&spec, command).unwrap();
        let inner = start(prepared);
        let mut outer = Command::new("setsid");
        outer.args(["--ctty", "--"]).arg(inner.get_program()).args(inner.get_args());
        outer.env_clear().envs(inner.get_envs().filter_map(|(key, value)| Some((key, value?))));
        outer.current_dir(&place.workspace);
        let mut child =
            outer.stdin(slave.try_clone().unwrap()).stdout(slave.try_clone().unwrap()).stderr(slave).spawn().unwrap();
        drop(outer);
        let master = File::from(master);
        let mut lines = BufReader::new(master.try_clone().unwrap());
        let mut until = |wanted: &str| {
            let mut line = String::new();
            while !line.contains(wanted) {
                line.clear();
                lines.read_line(&mut line).unwrap();
            }
        };
        until("ready");
        (&master).write_all(b"hello\n").unwrap();
        until("<hello>");
        // Control and C: the terminal tells the foreground, and that is the command.
        (&master).write_all(&[3]).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
    }
}

#[test]
fn a_shared_command_stays_in_the_caller_s_group() {
    let place = place();
    for (name, sandbox, spec) in ways(&place) {
        let mut command = place.script("ps -o pgid= -p $$ > /dev/null; echo ready; exec sleep 100");
        command.attachment = Attachment::Shared;
        let mut child = start(sandbox.prepare(&spec, command).unwrap()).process_group(0).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        lines.read_line(&mut String::new()).unwrap();
        // As a terminal does it: everybody in the group is told, the helper takes it for the command's affair.
        rustix::process::kill_process_group(Pid::from_child(&child), Signal::INT).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130), "{name}");
    }
}

#[test]
fn running_a_command_gives_its_exit_code() {
    let place = place();
    let spec = place.spec(SandboxMode::ReadOnly);
    let argv = ["sh", "-c", "exit 4"].map(Into::into);
    assert_eq!(codex_sandbox::run_command(&sandbox(), &spec, &argv).unwrap(), 4);
    let argv = ["sh", "-c", "kill -9 $$"].map(Into::into);
    assert_eq!(codex_sandbox::run_command(&sandbox(), &spec, &argv).unwrap(), 137);
    assert!(codex_sandbox::run_command(&sandbox(), &spec, &[]).unwrap_err().to_string().contains("no command"));
}

#[test]
fn what_the_host_offers_is_told() {
    let availability = sandbox().available();
    eprintln!("parts: {:?}", availability.parts);
    for missing in &availability.missing {
        eprintln!("missing: {}: {}", missing.part, missing.reason);
        assert!(!missing.reason.is_empty() && !availability.parts.contains(&missing.part));
    }
    assert_eq!(availability.parts.len() + availability.missing.len(), 4);
}
