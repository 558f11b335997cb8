//! Diffs beside those of git.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use codex_apply_patch::{Effect, FileMode, FileState, TurnDiff, unified_hunks};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{TestError, TestRunner};

use crate::support::Folder;

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    let isolated = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"];
    command.envs(isolated.map(|name| (name, "/dev/null")));
    command.args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "core.quotePath=false"]);
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A repository with all files committed; nothing where git is not installed.
fn repository(folder: &Folder) -> Option<()> {
    Command::new("git").arg("--version").output().ok()?;
    git(&folder.path, &["init", "-q"])?;
    git(&folder.path, &["add", "-A"])?;
    git(&folder.path, &["commit", "-q", "--allow-empty", "-m", "before"])?;
    Some(())
}

/// What git says of the folder: full hashes, and without what ours leaves out by design (the mode behind the hashes, the
/// line of the enclosing function, the tab behind names with blanks).
fn git_diff(folder: &Folder) -> String {
    git(&folder.path, &["add", "-A"]).unwrap();
    let told = git(&folder.path, &["diff", "--cached", "--full-index", "--no-renames", "--no-ext-diff", "--no-color"])
        .unwrap();
    let told = told.split_inclusive('\n').map(|line| {
        if let Some(at) = line.strip_prefix("@@ ").and_then(|rest| rest.find(" @@")) {
            return format!("{}\n", &line[..at + 6]);
        }
        match line.strip_prefix("index ").and_then(|rest| rest.split_once(' ')) {
            Some((ids, _)) => format!("index {ids}\n"),
            None => line.to_owned(),
        }
    });
    told.collect()
}

#[test]
fn several_patches_are_one_diff() {
    let folder = Folder::with(&[
        ("src/main.rs", "fn main() {\n    one();\n}\n\nfn two() {\n    2\n}\n"),
        ("gone.txt", "a\nb"),
        ("kept.txt", "x\n"),
        ("windows.txt", "one\r\ntwo\r\n"),
    ]);
    let Some(()) = repository(&folder) else { return };
    let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
    let hunks = [
        "*** Update File: src/main.rs\n@@\n-    one();\n+    two();\n*** Delete File: gone.txt\n*** Add File: new/file\n+1\n+2",
        "*** Update File: src/main.rs\n@@ fn two() {\n-    2\n+    3\n }\n+\n+fn three() {\n+    3\n+}\n*** Update File: windows.txt\n two\n+three",
        "*** Update File: kept.txt\n-x\n+y\n*** Update File: new/file\n 2\n+3\n*** Add File: empty",
        "*** Update File: kept.txt\n-y\n+x",
    ];
    for hunks in hunks {
        let applied = folder.apply(hunks).unwrap();
        turn.record(&applied.effects);
    }
    let ours = turn.text();
    assert_eq!(ours, git_diff(&folder));
    assert!(ours.contains("empty") && !ours.contains("kept.txt"));
    // The second time it is told from memory.
    assert_eq!(turn.text(), ours);
}

/// Files that have little in common, where the shortest way is not looked for to the end.
#[test]
fn large_files_that_differ_much_are_told_in_time_and_in_full() {
    let lines = |step: usize| (0..8000).map(|at| format!("{}\n", at * step % 1009)).collect::<String>();
    let (old, new) = (lines(7), lines(13));
    let diff = unified_hunks(&old, &new, 0);
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for line in diff.lines() {
        match line.split_at(1) {
            ("-", line) => gone.push(line),
            ("+", line) => come.push(line),
            _ => {}
        }
    }
    // What is left on both sides is the same number of lines, and no line is told that is not there.
    assert_eq!(gone.len(), come.len());
    assert!(
        gone.len() < 8000 && gone.iter().all(|line| old.contains(line)) && come.iter().all(|line| new.contains(line))
    );
}

fn state(text: &str) -> Option<FileState> {
    Some(FileState { mode: FileMode::Regular, content: Arc::from(text.as_bytes()) })
}

/// A file as people write them: blocks with blank lines between them, of lines that are few or many.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let block =
        (0..100_000u32, prop::collection::vec(0..50_000u32, 0..4), any::<bool>()).prop_map(|(name, body, blank)| {
            let mut lines = vec![format!("fn f{name}() {{")];
            lines.extend(body.iter().map(|value| format!("    x{value} = 1;")));
            lines.push(format!("    return {name};"));
            lines.push("}".to_owned());
            lines.extend(blank.then(String::new));
            lines
        });
    prop::collection::vec(block, 0..12).prop_map(|blocks| blocks.concat())
}

/// Few different lines, so that there are many ways from one text to another.
fn alike() -> impl Strategy<Value = Vec<String>> {
    let line = ["", "a", "b", "  b", "{", "}", "    x = 1;", "    return x;", "\tc", "fn f() {"].map(str::to_owned);
    prop::collection::vec(prop::sample::select(line.to_vec()), 0..40)
}

/// The file after some edits: blocks that come, go, are doubled, and lines that change.
fn edited(old: &[String], edits: &[(Index, usize)]) -> Vec<String> {
    let mut lines = old.to_vec();
    for (turn, (at, kind)) in edits.iter().enumerate() {
        let at = at.index(lines.len() + 1);
        let end = lines.len().min(at + 1 + kind / 5);
        match kind % 5 {
            0 => drop(lines.drain(at..end)),
            1 => drop(lines.splice(
                at..at,
                [String::new(), format!("fn new{turn}() {{"), format!("    return {turn};"), "}".to_owned()],
            )),
            2 => drop(lines.splice(at..at, [format!("fn new{turn}() {{"), "}".to_owned(), String::new()])),
            3 => lines.insert(at, format!("\tnew line {turn}")),
            _ => lines[at..end].iter_mut().for_each(|line| line.push_str(" // changed")),
        }
    }
    lines
}

/// Many files at a time, since git takes its time to start.
#[test]
fn random_files_differ_as_git_says() {
    let edits = prop::collection::vec((any::<Index>(), 0..30usize), 0..5);
    let written =
        (texts(), edits).prop_map(|(old, edits)| (edited(&old, &edits), old)).prop_map(|(new, old)| (old, new));
    let pair = prop_oneof![written, (alike(), alike())];
    let pairs = prop::collection::vec((pair, any::<(bool, bool)>()), 300);
    let config =
        ProptestConfig { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    let outcome = runner.run(&pairs, |pairs| {
        let text = |lines: &[String], ended| lines.join("\n") + if ended && !lines.is_empty() { "\n" } else { "" };
        let pairs = pairs.iter().map(|((old, new), ended)| (text(old, ended.0), text(new, ended.1)));
        let pairs: Vec<(String, String)> = pairs.collect();
        let folder = Folder::new();
        for (at, (old, _)) in pairs.iter().enumerate() {
            folder.write(&format!("f{at:03}"), old);
        }
        let Some(()) = repository(&folder) else { return Ok(()) };
        let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
        for (at, (old, new)) in pairs.iter().enumerate() {
            let path = folder.path.join(format!("f{at:03}"));
            std::fs::write(&path, new).unwrap();
            turn.record(&[Effect { path, before: state(old), after: state(new), moved_from: None }]);
        }
        let (ours, gits) = (turn.text(), git_diff(&folder));
        for (ours, gits) in ours.split("diff --git").zip(gits.split("diff --git")) {
            prop_assert!(ours == gits, "ours:\n{ours}\ngit's:\n{gits}");
        }
        prop_assert_eq!(ours.len(), gits.len());
        Ok(())
    });
    if let Err(TestError::Fail(reason, _)) = outcome {
        panic!("{reason}");
    }
}
