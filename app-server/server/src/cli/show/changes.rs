//! Changes of files as a diff that a person reads.

use std::path::Path;

use codex_app_server_protocol::v2::{FileUpdateChange, PatchChangeKind};

use super::stream::{Style, visible};

/// The diff of one file, line by line, with headers in the form of git; paths below `folder` are shown from there.
pub(in crate::cli) fn diff_of(change: &FileUpdateChange, folder: &Path) -> Vec<(Style, String)> {
    const NOWHERE: &str = "/dev/null";
    let old = shown_path(&change.path, folder, "a/");
    let new = |path: &str| shown_path(path, folder, "b/");
    let mut lines = Vec::new();
    let mut header = |old: &str, new: &str| {
        lines.push((Style::Strong, format!("--- {old}")));
        lines.push((Style::Strong, format!("+++ {new}")));
    };
    match &change.kind {
        PatchChangeKind::Add => {
            header(NOWHERE, &new(&change.path));
            lines.extend(change.diff.lines().map(|line| (Style::Added, format!("+{}", visible(line)))));
        }
        PatchChangeKind::Delete => {
            header(&old, NOWHERE);
            lines.extend(change.diff.lines().map(|line| (Style::Removed, format!("-{}", visible(line)))));
        }
        PatchChangeKind::Update { move_path } => {
            header(&old, &new(move_path.as_deref().unwrap_or(&change.path)));
            // The header tells where it is moved to.
            let moved = move_path.as_ref().map(|path| format!("\n\nMoved to: {path}"));
            let hunks = moved.and_then(|moved| change.diff.strip_suffix(&moved)).unwrap_or(&change.diff);
            lines.extend(hunks.lines().map(|line| (style_of(line), visible(line))));
        }
    }
    lines
}

fn style_of(line: &str) -> Style {
    match line.as_bytes().first() {
        Some(b'+') => Style::Added,
        Some(b'-') => Style::Removed,
        Some(b'@') => Style::Place,
        _ => Style::Plain,
    }
}

/// A path from the folder on, with the prefix of git, or the whole of it.
fn shown_path(path: &str, folder: &Path, prefix: &str) -> String {
    match Path::new(path).strip_prefix(folder) {
        Ok(below) if below.is_relative() => visible(&format!("{prefix}{}", below.display())),
        _ => visible(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str, kind: PatchChangeKind, diff: &str) -> String {
        let change = FileUpdateChange { path: path.to_owned(), kind, diff: diff.to_owned() };
        diff_of(&change, Path::new("/here")).iter().map(|(_, line)| format!("{line}\n")).collect()
    }

    #[test]
    fn every_kind_has_its_headers() {
        assert_eq!(text("/here/a.txt", PatchChangeKind::Add, "x\r\n\ny\n"), "--- /dev/null\n+++ b/a.txt\n+x\n+\n+y\n");
        assert_eq!(text("/etc/hosts", PatchChangeKind::Delete, "gone"), "--- /etc/hosts\n+++ /dev/null\n-gone\n");
        let hunks = "@@ -1,2 +1,2 @@\n-old\n+new\x1b[A\n same\n";
        let shown = "@@ -1,2 +1,2 @@\n-old\n+new\\u{1b}[A\n same\n";
        assert_eq!(
            text("/here/d/a", PatchChangeKind::Update { move_path: None }, hunks),
            format!("--- a/d/a\n+++ b/d/a\n{shown}")
        );
        let moved = format!("{hunks}\n\nMoved to: /here/b");
        assert_eq!(
            text("/here/a", PatchChangeKind::Update { move_path: Some("/here/b".to_owned()) }, &moved),
            format!("--- a/a\n+++ b/b\n{shown}")
        );
    }

    #[test]
    fn lines_are_styled_by_what_they_are() {
        for (line, style) in [
            ("+a", Style::Added),
            ("-a", Style::Removed),
            ("@@ -1 +1 @@", Style::Place),
            (" a", Style::Plain),
            ("", Style::Plain),
        ] {
            assert_eq!(style_of(line), style, "{line}");
        }
    }
}
