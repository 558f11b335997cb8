//! Diffs beside those of git.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use codex_apply_patch::{Effect, FileMode, FileState, TurnDiff};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

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
    let told = git(&folder.path, &["diff", "--cached", "--full-index", "--no-renames", "--no-ext-diff", "--no-color"]).unwrap();
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

fn state(text: &str) -> Option<FileState> {
    Some(FileState { mode: FileMode::Regular, content: Arc::from(text.as_bytes()) })
}

/// A text of lines that repeat, with blank and indented ones, so that there is more than one way to tell a difference.
fn texts() -> impl Strategy<Value = String> {
    let line =
        prop::sample::select(vec!["", "a", "b", "  b", "{", "}", "    x = 1;", "    return x;", "\tc", "fn f() {"]);
    (prop::collection::vec(line, 0..40), any::<bool>()).prop_map(|(lines, ended)| {
        let text = lines.join("\n");
        if ended && !text.is_empty() { text + "\n" } else { text }
    })
}

/// Many files at a time, since git takes its time to start.
#[test]
fn random_texts_differ_as_git_says() {
    let pairs =
        prop::collection::vec((texts(), texts(), prop::collection::vec(any::<prop::sample::Index>(), 0..6)), 200);
    let mut runner = TestRunner::new(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() });
    let outcome = runner.run(&pairs, |pairs| {
        let folder = Folder::new();
        let pairs: Vec<(String, String)> =
            pairs.into_iter().map(|(old, other, edits)| (old.clone(), edited(&old, &other, &edits))).collect();
        for (at, (old, _)) in pairs.iter().enumerate() {
            folder.write(&format!("f{at:03}"), old);
        }
        let Some(()) = repository(&folder) else { return Ok(()) };
        let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
        for (at, (old, new)) in pairs.iter().enumerate() {
            let name = format!("f{at:03}");
            folder.write(&name, new);
            turn.record(&[Effect {
                path: folder.path.join(name),
                before: state(old),
                after: state(new),
                moved_from: None,
            }]);
        }
        let (ours, gits) = (turn.text(), git_diff(&folder));
        for (ours, gits) in ours.split("diff --git").zip(gits.split("diff --git")) {
            prop_assert_eq!(ours, gits);
        }
        prop_assert_eq!(ours.len(), gits.len());
        Ok(())
    });
    outcome.unwrap();
}

/// The old text with some lines taken from the other one, doubled or left out; or the other one.
fn edited(old: &str, other: &str, edits: &[prop::sample::Index]) -> String {
    if edits.is_empty() {
        return other.to_owned();
    }
    let mut lines: Vec<&str> = old.split_inclusive('\n').collect();
    let others: Vec<&str> = other.split_inclusive('\n').filter(|line| line.ends_with('\n')).collect();
    for (turn, edit) in edits.iter().enumerate() {
        if lines.is_empty() {
            break;
        }
        let at = edit.index(lines.len());
        match (turn % 3, others.first()) {
            (0, Some(_)) => lines.insert(at, others[edit.index(others.len())]),
            (1, _) => drop(lines.remove(at)),
            _ if lines[at].ends_with('\n') => lines.insert(at, lines[at]),
            _ => {}
        }
    }
    lines.concat()
}
