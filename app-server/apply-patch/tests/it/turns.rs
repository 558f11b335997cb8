//! The diff of a turn over several patches.

use std::sync::Arc;

use codex_apply_patch::{Effect, FileMode, FileState, TurnDiff};

use crate::support::Folder;

/// The diff after the patches.
fn told(folder: &Folder, patches: &[&str]) -> String {
    let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
    for hunks in patches {
        turn.record(&folder.apply(hunks).unwrap().effects);
    }
    turn.text()
}

/// The first lines of the entries.
fn heads(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("diff --git ")).collect()
}

fn moved(from: &str, to: &str) -> String {
    format!("*** Update File: {from}\n*** Move to: {to}\n l\n")
}

#[test]
fn a_move_is_one_entry() {
    let folder = Folder::with(&[("a", "l\nx\n"), ("m", "l\n")]);
    let text = told(
        &folder,
        &[&moved("a", "z"), "*** Update File: z\n-x\n+y", &moved("z", "b"), "*** Update File: m\n-l\n+n"],
    );
    assert_eq!(heads(&text), ["a/a b/b", "a/m b/m"]);
    assert!(text.contains("\n--- a/a\n+++ b/b\n@@ -1,2 +1,2 @@\n l\n-x\n+y\ndiff"), "{text}");
}

#[test]
fn a_move_without_a_change_says_so() {
    let folder = Folder::with(&[("a", "l\n")]);
    let text = told(&folder, &[&moved("a", "b")]);
    assert_eq!(text, "diff --git a/a b/b\nsimilarity index 100%\nrename from a\nrename to b\n");
}

#[test]
fn there_and_back_is_nothing() {
    let folder = Folder::with(&[("a", "l\n")]);
    assert_eq!(told(&folder, &[&moved("a", "b"), &moved("b", "a")]), "");
    assert_eq!(told(&folder, &["*** Delete File: a", "*** Add File: a\n+l"]), "");
    assert_eq!(told(&folder, &["*** Add File: q\n+1", "*** Update File: q\n-1\n+2", "*** Delete File: q"]), "");
}

#[test]
fn a_new_file_in_the_old_place_makes_two_entries() {
    let folder = Folder::with(&[("a", "l\n")]);
    let text = told(&folder, &[&moved("a", "b"), "*** Add File: a\n+new"]);
    assert_eq!(heads(&text), ["a/a b/a", "a/b b/b"]);
    assert!(text.contains("b/b\nnew file mode 100644\n"), "{text}");
}

#[test]
fn a_target_that_was_there_makes_two_entries() {
    let folder = Folder::with(&[("a", "l\n"), ("b", "old\n")]);
    let text = told(&folder, &[&moved("a", "b")]);
    assert_eq!(heads(&text), ["a/a b/a", "a/b b/b"]);
    assert!(text.contains("a/a b/a\ndeleted file mode 100644\n"), "{text}");
}

#[test]
fn files_outside_the_root_have_their_whole_path() {
    let folder = Folder::with(&[("in/a", "l\n"), ("out/b", "l\n")]);
    let mut turn = TurnDiff::new(folder.path.join("in"), TurnDiff::LIMIT);
    turn.record(&folder.apply("*** Update File: in/a\n-l\n+m\n*** Update File: out/b\n-l\n+m").unwrap().effects);
    let out = folder.path.join("out/b").display().to_string();
    assert_eq!(heads(&turn.text()), ["a/a b/a", format!("a/{out} b/{out}").as_str()]);
}

fn effect(path: &str, before: Option<&[u8]>, after: Option<&[u8]>) -> Effect {
    let state = |bytes: &[u8]| FileState { mode: FileMode::Regular, content: Arc::from(bytes) };
    Effect { path: path.into(), before: before.map(state), after: after.map(state), moved_from: None }
}

#[test]
fn what_is_no_text_only_differs() {
    for bytes in [&b"a\0b\n"[..], b"\xff\xfe"] {
        let mut turn = TurnDiff::new("/r".into(), TurnDiff::LIMIT);
        turn.record(&[effect("/r/a", Some(bytes), Some(b"x\n")), effect("/r/b", Some(bytes), None)]);
        let text = turn.text();
        assert!(text.contains("\nBinary files a/a and b/a differ\n"), "{text}");
        assert!(text.ends_with("\nBinary files a/b and /dev/null differ\n"), "{text}");
    }
}

#[test]
fn memory_has_a_limit() {
    let big = vec![b'x'; 600];
    let mut turn = TurnDiff::new("/r".into(), 1000);
    turn.record(&[effect("/r/a", Some(&big), Some(b"small\n"))]);
    assert!(turn.text().contains("+small"));
    // No room for 600 more: only the hash is kept.
    turn.record(&[effect("/r/a", Some(b"small\n"), Some(&big[1..]))]);
    assert!(turn.text().contains("\nBinary files a/a and b/a differ\n"));
    // A state that gave way leaves room, and equal hashes are equal files.
    turn.record(&[effect("/r/a", Some(&big[1..]), Some(b"small\n"))]);
    assert!(turn.text().contains("+small"));
    turn.record(&[effect("/r/b", None, Some(&big))]);
    turn.record(&[effect("/r/a", Some(b"small\n"), Some(&big))]);
    assert_eq!(heads(&turn.text()), ["a/b b/b"]);
}

#[test]
fn a_mode_that_changes_is_told() {
    let state = |mode, text: &str| Some(FileState { mode, content: Arc::from(text.as_bytes()) });
    let change = |before, after| {
        let mut turn = TurnDiff::new("/r".into(), TurnDiff::LIMIT);
        turn.record(&[Effect { path: "/r/a".into(), before, after, moved_from: None }]);
        turn.text()
    };
    let text = change(state(FileMode::Executable, "x\n"), state(FileMode::Regular, "x\n"));
    assert_eq!(text, "diff --git a/a b/a\nold mode 100755\nnew mode 100644\n");
    let text = change(state(FileMode::Link, "x"), state(FileMode::Regular, "x\n"));
    assert_eq!(heads(&text), ["a/a b/a", "a/a b/a"]);
    assert!(text.contains("deleted file mode 120000") && text.contains("new file mode 100644"), "{text}");
}
