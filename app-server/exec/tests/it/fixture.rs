//! What the tests share: a folder, commands in it, and waiting without sleeping.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use codex_exec::{
    Budget, Call, CallReport, CallStatus, CommandSpec, Environment, ExecCommand, Random, SessionEnd, SessionEvent,
    Sessions, Spawner, Watcher,
};

/// Long enough for anything that is not stuck.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub struct Fixture {
    pub folder: tempfile::TempDir,
    pub spawner: Spawner,
    pub sessions: Sessions<String>,
}

impl Fixture {
    pub fn new() -> Self {
        let spawner = Spawner::new();
        let folder = tempfile::tempdir().unwrap();
        Self { sessions: Sessions::new(spawner.clone(), counting()), spawner, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().canonicalize().unwrap();
        if name.is_empty() { folder } else { folder.join(name) }
    }

    /// A script for bash.
    pub fn spec(&self, script: &str) -> CommandSpec {
        self.spec_of(&["/bin/bash", "-c", script])
    }

    pub fn spec_of(&self, argv: &[&str]) -> CommandSpec {
        CommandSpec {
            argv: argv.iter().map(ToString::to_string).collect(),
            arg0: None,
            cwd: self.path(""),
            env: Environment::new(std::env::vars_os()),
        }
    }

    pub fn command(&self, script: &str, tty: bool) -> ExecCommand<String> {
        ExecCommand { spec: self.spec(script), wrap: None, tty, tag: script.to_owned() }
    }

    pub async fn start(&self, script: &str, tty: bool) -> Call<String> {
        self.sessions.start(self.command(script, tty)).await.unwrap()
    }

    /// Runs a script to its end.
    pub async fn run(&self, script: &str) -> CallReport {
        within(self.start(script, false).await.finish(Some(30_000))).await
    }

    /// Starts a script that is still running after the shortest wait.
    pub async fn session(&self, script: &str, tty: bool) -> (i32, Watcher) {
        let mut call = self.start(script, tty).await;
        let watcher = call.take_watcher().unwrap();
        let report = within(call.finish(Some(250))).await;
        let CallStatus::Running(id) = report.status else { panic!("{script} ended: {report:?}") };
        (id, watcher)
    }
}

/// Numbers that are all different.
pub fn counting() -> Random {
    let next = Arc::new(AtomicU64::new(7));
    Arc::new(move || next.fetch_add(104_729, Ordering::Relaxed))
}

pub async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future).await.expect("this takes too long")
}

/// Waits for an output that holds a text; gives all output so far.
pub async fn printed(watcher: &mut Watcher, wanted: &str) -> String {
    let mut all = String::new();
    while !all.contains(wanted) {
        match within(watcher.next()).await {
            Some(SessionEvent::Output(text)) => all.push_str(&text),
            other => panic!("{other:?} instead of {wanted:?} after {all:?}"),
        }
    }
    all
}

pub async fn end_of(watcher: &mut Watcher) -> SessionEnd {
    loop {
        if let SessionEvent::Ended(end) = within(watcher.next()).await.expect("the end was told before") {
            return end;
        }
    }
}

pub fn shown(report: &CallReport) -> String {
    report.text(Budget::Tokens(10_000)).split_once("Output:\n").unwrap().1.to_owned()
}

/// Waits until a process is gone, zombies included.
pub async fn gone(pid: i32) {
    let process = Path::new("/proc").join(pid.to_string());
    within(async {
        while process.exists() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// The numbers that a command printed, one a line.
pub fn numbers(text: &str) -> Vec<i32> {
    text.lines().filter_map(|line| line.trim().parse().ok()).collect()
}
