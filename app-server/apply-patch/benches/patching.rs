//! What a patch of a file of 20,000 lines costs, step by step. `cargo bench -p codex-apply-patch`.
#![forbid(unsafe_code)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::path::PathBuf;

use codex_apply_patch::{LocalFiles, TurnDiff, unified_hunks, verify};
use divan::Bencher;

const LINES: usize = 20_000;

fn main() {
    divan::main();
}

fn file() -> String {
    (0..LINES)
        .map(|number| format!("    let value_{number} = compute({}, \"{}\");\n", number % 97, number % 13))
        .collect()
}

/// Ten changes, spread over the file.
fn patch() -> String {
    let mut text = "*** Begin Patch\n*** Update File: large.rs\n".to_owned();
    for number in (0..LINES).step_by(LINES / 10).map(|number| number + 3) {
        let line = |number: usize| format!("    let value_{number} = compute({}, \"{}\");\n", number % 97, number % 13);
        text +=
            &format!("@@\n {}-{}+    let changed_{number} = 1;\n {}", line(number), line(number + 1), line(number + 2));
    }
    text + "*** End Patch"
}

struct Folder {
    _kept: tempfile::TempDir,
    path: PathBuf,
}

impl Folder {
    fn new() -> Self {
        let kept = tempfile::tempdir().unwrap();
        let path = kept.path().canonicalize().unwrap();
        std::fs::write(path.join("large.rs"), file()).unwrap();
        Self { _kept: kept, path }
    }
}

#[divan::bench]
fn verified(bencher: Bencher) {
    let (folder, patch) = (Folder::new(), patch());
    bencher.bench(|| verify(&patch, &folder.path, &LocalFiles).unwrap());
}

/// The whole of a call: verified, applied, told as the diff of the turn.
#[divan::bench]
fn whole(bencher: Bencher) {
    let patch = patch();
    bencher.with_inputs(Folder::new).bench_values(|folder| {
        let applied = verify(&patch, &folder.path, &LocalFiles).unwrap().apply(&LocalFiles).unwrap();
        let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
        turn.record(&applied.effects);
        turn.text()
    });
}

#[divan::bench]
fn told(bencher: Bencher) {
    let (old, new) = (file(), file().replace("value_77 ", "other "));
    bencher.bench(|| unified_hunks(&old, &new, 3));
}

/// Lines that all look alike, and a pattern that almost fits everywhere.
#[divan::bench]
fn almost_everywhere(bencher: Bencher) {
    let folder = Folder::new();
    std::fs::write(folder.path.join("large.rs"), "x\n".repeat(LINES)).unwrap();
    let patch = format!("*** Begin Patch\n*** Update File: large.rs\n{}-y\n*** End Patch", " x\n".repeat(LINES / 2));
    bencher.bench(|| verify(&patch, &folder.path, &LocalFiles).is_err());
}
