//! What holds for every patch.

use codex_apply_patch::{Chunk, ChunkLine, Hunk, LocalFiles, Patch, parse, parse_heredoc_body, unified_hunks, verify};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{Folder, patch};

/// Pieces of which patches are made.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "*** Begin Patch",
        "*** End Patch",
        "*** Add File: a",
        "*** Delete File: a",
        "*** Update File: a",
        "*** Update File: b",
        "*** Move to: c",
        "*** Move to: ",
        "*** Environment ID: x",
        "*** End of File",
        "@@",
        "@@ a",
        " a",
        "+b",
        "-a",
        "",
        " ",
        "\u{2013}",
        "<<EOF",
        "EOF",
        "*** Add File: \0",
        "+\r",
        "-é",
    ]);
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n", "\r", ""]);
    prop::collection::vec((piece, end), 0..24)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, end)| format!("{piece}{end}")).collect())
}

/// Files of few different lines, so that they repeat.
fn lines() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(vec!["a", "b", "c", " d", "e\u{2019}", "@@", "*** x", "+", "-"]), 1..30)
}

/// The patch's text, as a model would write it.
fn written(patch: &Patch) -> String {
    let mut text = "*** Begin Patch\n".to_owned();
    if let Some(environment) = &patch.environment {
        text += &format!("*** Environment ID: {environment}\n");
    }
    for hunk in &patch.hunks {
        match hunk {
            Hunk::Add { path, content } => {
                text += &format!("*** Add File: {path}\n");
                content.lines().for_each(|line| text += &format!("+{line}\n"));
            }
            Hunk::Delete { path } => text += &format!("*** Delete File: {path}\n"),
            Hunk::Update { path, move_to, chunks } => {
                text += &format!("*** Update File: {path}\n");
                move_to.iter().for_each(|path| text += &format!("*** Move to: {path}\n"));
                for chunk in chunks {
                    text += &chunk.header.as_ref().map_or("@@\n".to_owned(), |header| format!("@@ {header}\n"));
                    for line in &chunk.lines {
                        text += &match line {
                            ChunkLine::Context(line) => format!(" {line}\n"),
                            ChunkLine::Added(line) => format!("+{line}\n"),
                            ChunkLine::Removed(line) => format!("-{line}\n"),
                        };
                    }
                    text += if chunk.end_of_file { "*** End of File\n" } else { "" };
                }
            }
        }
    }
    text + "*** End Patch"
}

/// The hunks of a unified diff as chunks.
fn chunks(diff: &str) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for line in diff.lines() {
        let (sign, rest) = line.split_at(1);
        let read = match sign {
            "@" => {
                chunks.push(Chunk::default());
                continue;
            }
            " " => ChunkLine::Context(rest.to_owned()),
            "+" => ChunkLine::Added(rest.to_owned()),
            "-" => ChunkLine::Removed(rest.to_owned()),
            _ => continue,
        };
        chunks.last_mut().unwrap().lines.push(read);
    }
    chunks
}

fn ended(lines: &[&str], end: &str) -> String {
    lines.iter().map(|line| format!("{line}{end}")).collect()
}

proptest! {
    #[test]
    fn reading_never_panics(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse_heredoc_body(&text);
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again(text in pieces(), framed in any::<bool>()) {
        let text = if framed { patch(&text) } else { text };
        if let Ok(read) = parse(&text) {
            prop_assert_eq!(parse(&written(&read)), Ok(read));
        }
    }

    /// Whatever the patch, verification leaves the files alone, and what is verified can be applied as told.
    #[test]
    fn verifying_never_writes(text in pieces()) {
        let folder = Folder::with(&[("a", "a\nb\na\n"), ("b", "x\r\na\r\n")]);
        let before = folder.files();
        let plan = verify(&patch(&text), &folder.path, &LocalFiles);
        prop_assert_eq!(folder.files(), before);
        if let Ok(plan) = plan {
            let applied = plan.apply(&LocalFiles);
            if let Ok(applied) = applied {
                for effect in applied.effects.iter().rev().take(1) {
                    let now = std::fs::read(&effect.path).ok();
                    prop_assert_eq!(now.as_deref(), effect.after.as_ref().map(|state| &*state.content));
                }
                prop_assert_eq!(applied.changes.as_slice(), plan.changes());
            }
        }
    }

    /// A patch made of the difference with whole context gives the new file.
    #[test]
    fn the_difference_applied_is_the_new_file(old in lines(), new in lines(), end in prop::sample::select(vec!["\n", "\r\n"])) {
        let diff = unified_hunks(&ended(&old, "\n"), &ended(&new, "\n"), 1000);
        prop_assume!(!diff.is_empty());
        let folder = Folder::with(&[("a", &ended(&old, end))]);
        let update = Patch {
            environment: None,
            hunks: vec![Hunk::Update { path: "a".to_owned(), move_to: None, chunks: chunks(&diff) }],
        };
        verify(&written(&update), &folder.path, &LocalFiles).unwrap().apply(&LocalFiles).unwrap();
        prop_assert_eq!(folder.read("a"), ended(&new, end));
    }

    /// The same with little context and lines that do not repeat: several chunks find their places.
    #[test]
    fn chunks_find_their_places(edits in prop::collection::vec((any::<Index>(), 0..3usize), 1..12), context in 1..4usize) {
        let old: Vec<String> = (0..60).map(|number| format!("line {number}")).collect();
        let mut new = old.clone();
        for (at, kind) in edits {
            let at = at.index(new.len());
            match kind {
                0 => drop(new.remove(at)),
                1 => new.insert(at, format!("new {at}")),
                _ => new[at].push_str(" changed"),
            }
        }
        let text = |lines: &[String]| lines.join("\n") + "\n";
        let diff = unified_hunks(&text(&old), &text(&new), context);
        prop_assume!(!diff.is_empty());
        let folder = Folder::with(&[("a", &text(&old))]);
        let update = Patch {
            environment: None,
            hunks: vec![Hunk::Update { path: "a".to_owned(), move_to: None, chunks: chunks(&diff) }],
        };
        verify(&written(&update), &folder.path, &LocalFiles).unwrap().apply(&LocalFiles).unwrap();
        prop_assert_eq!(folder.read("a"), text(&new));
    }

    /// A valid patch with a hole, a double or a foreign piece in it is read or refused, and never applied in part.
    #[test]
    fn a_damaged_patch_does_all_or_nothing(at in any::<Index>(), length in 0..20usize, piece in ".{0,3}") {
        let valid = patch("*** Update File: a\n@@ a\n-b\n+B\n a\n*** End of File\n*** Add File: new/x\n+1\n+2\n*** Delete File: b");
        let characters: Vec<char> = valid.chars().collect();
        let at = at.index(characters.len());
        let rest = &characters[(at + length).min(characters.len())..];
        let damaged: String = characters[..at].iter().copied().chain(piece.chars()).chain(rest.iter().copied()).collect();
        let folder = Folder::with(&[("a", "a\nb\na\n"), ("b", "x\n")]);
        let before = folder.files();
        let applied = verify(&damaged, &folder.path, &LocalFiles).ok().map(|plan| plan.apply(&LocalFiles).is_ok());
        if applied != Some(true) {
            prop_assert_eq!(folder.files(), before);
        }
    }
}
