//! Processes as `/proc` shows them. Those of a test carry a mark of its own, in their arguments or their environment.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use codex_app_server_test_support::DEADLINE;

/// How soon everything has to be gone after the end of whoever it belongs to, with some patience for a busy machine.
const GONE: Duration = Duration::from_secs(5);

/// How long to wait between two looks: nobody tells when a process that is none of ours ends.
const BETWEEN: Duration = Duration::from_millis(10);

/// A mark that no other process has.
pub(crate) struct Mark(String);

/// A process with the mark.
#[derive(Debug)]
pub(crate) struct Marked {
    #[expect(dead_code, reason = "shown where a test fails")]
    id: u32,
    /// Its arguments, with blanks between them.
    pub(crate) line: String,
}

impl Mark {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        Self(format!("mark-{}-{}-", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)))
    }

    /// A script that runs for ever, with a descendant in a session of its own that ignores what it can. Each of the two
    /// waits in a `sleep`.
    pub(crate) fn lasting(&self) -> String {
        format!("export MARK={}; {}", self.0, LASTING)
    }

    /// This script, with the mark in the environment of all that it starts.
    pub(crate) fn on(&self, script: &str) -> String {
        format!("export MARK={}; {script}", self.0)
    }

    /// The processes that carry it.
    pub(crate) fn processes(&self) -> Vec<Marked> {
        let marked = ids().filter_map(|id| {
            let line = fs::read(format!("/proc/{id}/cmdline")).ok()?;
            let environment = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            let is_marked = line.contains(&self.0) || String::from_utf8_lossy(&environment).contains(&self.0);
            is_marked.then_some(Marked { id, line })
        });
        marked.collect()
    }

    /// How many of them wait in a `sleep`.
    pub(crate) fn sleeping(&self) -> usize {
        self.processes().iter().filter(|process| process.line.starts_with("sleep ")).count()
    }

    /// Waits until so many of them wait in a `sleep`.
    pub(crate) async fn sleep(&self, count: usize) {
        let seen = until(DEADLINE, || self.sleeping() == count).await;
        assert!(seen, "{} of {count} sleep: {:?}", self.sleeping(), self.processes());
    }

    /// Waits until none is left.
    pub(crate) async fn gone(&self) {
        let gone = until(GONE, || self.processes().is_empty()).await;
        assert!(gone, "still there after {GONE:?}: {:?}", self.processes());
    }
}

const LASTING: &str = "setsid sh -c 'trap \"\" HUP INT TERM; sleep 1000; sleep 1000' & sleep 1000; exit 0";

/// Looks again and again, until it is so or the time is over; whether it is so.
pub(crate) async fn until(limit: Duration, is_so: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if since.elapsed() > limit {
            return false;
        }
        tokio::time::sleep(BETWEEN).await;
    }
}

/// The children of a process, and theirs, with the letter of their state.
pub(crate) fn descendants(of: u32) -> Vec<(u32, char)> {
    let all: Vec<(u32, char, u32)> =
        ids().filter_map(|id| stat(id).map(|(state, parent)| (id, state, parent))).collect();
    let mut found = Vec::new();
    let mut parents = vec![of];
    while let Some(parent) = parents.pop() {
        for (id, state, _) in all.iter().filter(|(_, _, its)| *its == parent) {
            found.push((*id, *state));
            parents.push(*id);
        }
    }
    found
}

/// State and parent of a process.
fn stat(id: u32) -> Option<(char, u32)> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name before may hold anything.
    let (_, rest) = text.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

/// The largest memory that a process has had in it, in KiB.
pub(crate) fn peak_memory(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

fn ids() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").unwrap();
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}
