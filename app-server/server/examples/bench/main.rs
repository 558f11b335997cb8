//! `bench SERVER [OTHER ...]`: speed and memory of a release build, alone or with another server in the same run.
//!
//! Every figure comes from a fresh process on a fresh home, with a model endpoint inside this program. Servers take turns;
//! what counts between two of them is the ratio. Linux only: memory and CPU are read from /proc.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a measuring program: it prints, and a fault ends it"
)]

mod history;
mod model;
mod server;

use std::time::{Duration, Instant};

use serde_json::json;
use server::Server;

/// How often each unit is measured; the median is shown.
const ROUNDS: usize = 5;

/// Measures one figure of a server, given its command and the URL of the model endpoint.
type Unit = fn(&[String], &str) -> f64;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    assert!(!arguments.is_empty(), "usage: bench SERVER_BINARY [OTHER COMMAND WITH ARGUMENTS]");
    let mut commands = vec![vec![arguments[0].clone()]];
    if arguments.len() > 1 {
        commands.push(arguments[1..].to_vec());
    }
    let endpoint = model::start();
    let units: &[(&str, Unit)] = &[
        ("start to initialize answered, ms", start),
        ("idle memory, MB", idle_memory),
        ("idle threads", idle_threads),
        ("thread/loaded/list p50, us", |command, url| request_p50(command, url, "thread/loaded/list")),
        ("config/read p50, us", |command, url| request_p50(command, url, "config/read")),
        ("model/list p50, us", |command, url| request_p50(command, url, "model/list")),
        ("thread/loaded/list pipelined, 1000/s", pipelined),
        ("stored turn p50, ms", turn_p50),
        ("text deltas, 1000/s", |command, url| deltas(command, url).0),
        ("CPU per delta, us", |command, url| deltas(command, url).1),
        ("peak memory with deltas, MB", |command, url| deltas(command, url).2),
        ("exec call in a turn, full access, ms", |command, url| exec_in_turn(command, url, "danger-full-access")),
        ("exec call in a turn, workspace-write, ms", |command, url| exec_in_turn(command, url, "workspace-write")),
        ("100 MB of output in a turn, s", |command, url| output_in_turn(command, url).0),
        ("peak memory with that output, MB", |command, url| output_in_turn(command, url).1),
        ("patch of a 20,000 line file in a turn, ms", patch_in_turn),
        ("50 commands side by side in a turn, ms", side_by_side),
        ("command/exec, no sandbox p50, ms", |command, url| exec_p50(command, url, "dangerFullAccess")),
        ("command/exec, workspace-write p50, ms", |command, url| exec_p50(command, url, "workspaceWrite")),
        ("streamed command output, MB/s", |command, url| output(command, url).0),
        ("peak memory with that output, MB", |command, url| output(command, url).1),
        ("first page, 10,000 threads never listed, ms", |command, url| history::first_pages(command, url).0),
        ("first page again, ms", |command, url| history::first_pages(command, url).1),
        ("first page in a new process, ms", |command, url| history::known(command, url).first_page),
        ("all pages, ms", |command, url| history::known(command, url).all_pages),
        ("thread/search, one hit in 10,000 threads, ms", |command, url| history::known(command, url).search),
    ];
    for (name, unit) in units {
        let mut figures = vec![vec![]; commands.len()];
        for _ in 0..ROUNDS {
            for (figures, command) in figures.iter_mut().zip(&commands) {
                figures.push(unit(command, &endpoint));
            }
        }
        let medians: Vec<f64> = figures.iter_mut().map(|figures| median(figures)).collect();
        match medians.as_slice() {
            // Above 1 the first server is better; rates are the figures where more is better.
            [own, other] => {
                let ratio = if name.ends_with("/s") { own / other } else { other / own };
                println!("{name:<40} {own:>10.2} {other:>10.2}   {ratio:>6.2}x");
            }
            own => println!("{name:<40} {:>10.2}", own[0]),
        }
    }
}

fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn start(command: &[String], url: &str) -> f64 {
    // The first start on a home may set it up; the second one is what users feel every day.
    let home = server::home(url);
    drop(Server::start(command, &home).initialized());
    let before = Instant::now();
    let server = Server::start(command, &home).initialized();
    let elapsed = before.elapsed().as_secs_f64() * 1e3;
    drop(server);
    elapsed
}

fn idle_memory(command: &[String], url: &str) -> f64 {
    let home = server::home(url);
    let server = Server::start(command, &home).initialized();
    std::thread::sleep(Duration::from_millis(300));
    server.status("VmRSS") / 1024.0
}

fn idle_threads(command: &[String], url: &str) -> f64 {
    let home = server::home(url);
    let server = Server::start(command, &home).initialized();
    std::thread::sleep(Duration::from_millis(300));
    server.status("Threads")
}

fn request_p50(command: &[String], url: &str, method: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let mut times = Vec::new();
    for _ in 0..500 {
        let before = Instant::now();
        server.call(method, &json!({}));
        times.push(before.elapsed().as_secs_f64() * 1e6);
    }
    median(&mut times)
}

fn pipelined(command: &[String], url: &str) -> f64 {
    const TOTAL: usize = 20_000;
    const WINDOW: usize = 32;
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let before = Instant::now();
    let (mut sent, mut answered) = (0, 0);
    while answered < TOTAL {
        while sent < TOTAL && sent - answered < WINDOW {
            server.send(&format!(r#"{{"id":{sent},"method":"thread/loaded/list","params":{{}}}}"#));
            sent += 1;
        }
        server.flush();
        answered += server.take_answers();
    }
    TOTAL as f64 / before.elapsed().as_secs_f64() / 1e3
}

fn turn_p50(command: &[String], url: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let thread = server.thread();
    let mut times: Vec<f64> = (0..30).map(|_| server.turn(&thread, "short").as_secs_f64() * 1e3).collect();
    median(&mut times)
}

/// Deltas a second (in thousands), CPU each (microseconds), peak memory (MB).
fn deltas(command: &[String], url: &str) -> (f64, f64, f64) {
    const COUNT: usize = 100_000;
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let thread = server.thread();
    server.turn(&thread, "short");
    let cpu = server.cpu_seconds();
    let elapsed = server.turn(&thread, &format!("deltas={COUNT}")).as_secs_f64();
    let cpu = server.cpu_seconds() - cpu;
    (COUNT as f64 / elapsed / 1e3, cpu / COUNT as f64 * 1e6, server.status("VmHWM") / 1024.0)
}

/// A thread that is never asked, and its working folder.
fn acting(server: &mut Server, sandbox: &str) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let params = json!({ "approvalPolicy": "never", "sandbox": sandbox, "cwd": folder.path() });
    (server.thread_with(&params), folder)
}

/// What a call costs beyond a turn without one.
fn exec_in_turn(command: &[String], url: &str, sandbox: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let (thread, _folder) = acting(&mut server, sandbox);
    // The first one finds out what the host offers.
    server.turn(&thread, "exec=1:true");
    let mut p50 = |script: &str| {
        let mut times: Vec<f64> = (0..20).map(|_| server.turn(&thread, script).as_secs_f64() * 1e3).collect();
        median(&mut times)
    };
    p50("exec=1:true") - p50("short")
}

/// Seconds, peak memory (MB).
fn output_in_turn(command: &[String], url: &str) -> (f64, f64) {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let (thread, _folder) = acting(&mut server, "danger-full-access");
    server.turn(&thread, "short");
    let elapsed = server.turn(&thread, "exec=1:yes 0123456789012345678901234567890 | head -c 100000000");
    (elapsed.as_secs_f64(), server.status("VmHWM") / 1024.0)
}

fn patch_in_turn(command: &[String], url: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let (thread, folder) = acting(&mut server, "danger-full-access");
    server.turn(&thread, "short");
    let lines: String = (0..20_000).map(|line| format!("line {line} of a long file\n")).collect();
    let mut times = Vec::new();
    for _ in 0..5 {
        std::fs::write(folder.path().join("long.txt"), &lines).unwrap();
        let patch = "*** Begin Patch\n*** Update File: long.txt\n@@\n line 18999 of a long file\n-line 19000 of a long file\n+changed\n line \
                     19001 of a long file\n*** End Patch";
        let elapsed = server.turn(&thread, &format!("exec=1:apply_patch <<EOF\n{patch}\nEOF"));
        times.push(elapsed.as_secs_f64() * 1e3);
        let changed = std::fs::read_to_string(folder.path().join("long.txt")).unwrap();
        assert!(changed.contains("\nchanged\n"), "the patch was not made");
    }
    let mut short: Vec<f64> = (0..10).map(|_| server.turn(&thread, "short").as_secs_f64() * 1e3).collect();
    median(&mut times) - median(&mut short)
}

/// A second each, so that they really run side by side.
fn side_by_side(command: &[String], url: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let (thread, _folder) = acting(&mut server, "danger-full-access");
    server.turn(&thread, "exec=1:true");
    server.turn(&thread, "exec=50:sleep 1").as_secs_f64() * 1e3
}

fn exec_p50(command: &[String], url: &str, sandbox: &str) -> f64 {
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let params = json!({ "command": ["true"], "sandboxPolicy": { "type": sandbox } });
    let mut times = Vec::new();
    // The first one finds out what the host offers.
    server.call("command/exec", &params);
    for _ in 0..100 {
        let before = Instant::now();
        server.call("command/exec", &params);
        times.push(before.elapsed().as_secs_f64() * 1e3);
    }
    median(&mut times)
}

/// MB of output a second, peak memory (MB).
fn output(command: &[String], url: &str) -> (f64, f64) {
    const MEGABYTES: usize = 100;
    let home = server::home(url);
    let mut server = Server::start(command, &home).initialized();
    let params = json!({
        "command": ["head", "-c", (MEGABYTES * 1_000_000).to_string(), "/dev/zero"],
        "processId": "output", "streamStdoutStderr": true, "disableOutputCap": true, "disableTimeout": true,
        "sandboxPolicy": { "type": "dangerFullAccess" },
    });
    let before = Instant::now();
    server.call("command/exec", &params);
    (MEGABYTES as f64 / before.elapsed().as_secs_f64(), server.status("VmHWM") / 1024.0)
}
