//! Links, and other ways to lead a write elsewhere.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use codex_apply_patch::{ApplyProblem, LocalFiles, TurnDiff, VerifyError, run_tool};

use crate::support::{Folder, patch};

fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn the_plan_tells_where_links_lead() {
    let folder = Folder::with(&[("in/a", "a\n"), ("out/b", "b\n")]);
    symlink("../out/b", folder.path.join("in/link")).unwrap();
    symlink(folder.path.join("out"), folder.path.join("in/folder")).unwrap();
    symlink("missing/file", folder.path.join("in/dangling")).unwrap();
    let plan = folder
        .verify("*** Update File: in/link\n-b\n+c\n*** Add File: in/folder/new/x\n+x\n*** Add File: in/dangling\n+x\n*** Update File: in/a\n-a\n+b")
        .unwrap();
    let real: Vec<_> =
        plan.affected().map(|place| place.real.strip_prefix(&folder.path).unwrap().to_str().unwrap()).collect();
    assert_eq!(real, ["out/b", "out/new/x", "in/missing/file", "in/a"]);
    let outside = plan.outside(&[folder.path.join("in")], &LocalFiles).unwrap();
    assert_eq!(outside, [folder.path.join("in/link"), folder.path.join("in/folder/new/x")]);
    // A root that is a link itself holds what its target holds.
    let outside = plan.outside(&[folder.path.join("in"), folder.path.join("in/folder")], &LocalFiles).unwrap();
    assert!(outside.is_empty());
}

#[test]
fn parents_in_a_path_do_not_pass_through_links() {
    let folder = Folder::with(&[("deep/er/x", ""), ("a", "a\n")]);
    symlink("deep/er", folder.path.join("link")).unwrap();
    let plan = folder.verify("*** Update File: link/../a\n-a\n+b").unwrap();
    assert_eq!(plan.affected().next().unwrap().real, folder.path.join("a"));
}

#[test]
fn a_circle_of_links_is_refused() {
    let folder = Folder::new();
    symlink("two", folder.path.join("one")).unwrap();
    symlink("one", folder.path.join("two")).unwrap();
    let error = folder.verify("*** Add File: one\n+x").unwrap_err();
    assert!(error.to_string().contains("too many levels of symbolic links"), "{error}");
}

#[test]
fn links_are_written_through_and_removed_themselves() {
    let folder = Folder::with(&[("a", "a\n")]);
    symlink("a", folder.path.join("link")).unwrap();
    fs::set_permissions(folder.path.join("a"), fs::Permissions::from_mode(0o755)).unwrap();
    folder.apply("*** Update File: link\n-a\n+b").unwrap();
    assert_eq!(folder.read("a"), "b\n");
    assert_eq!(mode(&folder.path.join("a")), 0o755);
    let applied = folder.apply("*** Delete File: link").unwrap();
    assert_eq!(applied.changes[0].diff, "b\n");
    assert!(folder.exists("a") && !folder.exists("link"));
    let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
    turn.record(&applied.effects);
    assert!(turn.text().starts_with("diff --git a/link b/link\ndeleted file mode 120000\n"), "{}", turn.text());
}

#[test]
fn two_names_of_one_file_are_refused() {
    let folder = Folder::with(&[("a", "a\nb\n")]);
    symlink("a", folder.path.join("link")).unwrap();
    let error = folder.verify("*** Update File: a\n-a\n+A\n*** Update File: link\n-b\n+B").unwrap_err();
    assert!(matches!(error, VerifyError::SameTarget(path) if path.ends_with("link")));
}

#[test]
fn a_link_that_comes_up_after_the_question_stops_the_patch() {
    let folder = Folder::with(&[("in/a", "a\n"), ("out/a", "a\n")]);
    let plan = folder.verify("*** Add File: new\n+x\n*** Update File: in/a\n-a\n+b").unwrap();
    fs::remove_file(folder.path.join("in/a")).unwrap();
    symlink("../out/a", folder.path.join("in/a")).unwrap();
    let error = plan.apply(&LocalFiles).unwrap_err();
    assert!(matches!(&error.problem, ApplyProblem::Elsewhere(path) if path.ends_with("in/a")), "{error}");
    assert_eq!(folder.read("out/a"), "a\n");
    assert!(!folder.exists("new"));
}

#[test]
fn writes_follow_no_link() {
    use codex_apply_patch::FileSystem as _;
    let folder = Folder::with(&[("out/a", "a\n")]);
    symlink("out", folder.path.join("link")).unwrap();
    symlink("out/a", folder.path.join("file")).unwrap();
    for path in ["file", "link/a", "link/new"] {
        let path = folder.path.join(path);
        let last = path.ends_with("file");
        if !last && !cfg!(target_os = "linux") {
            continue;
        }
        LocalFiles.write(&path, b"x", None).unwrap_err();
    }
    if cfg!(target_os = "linux") {
        LocalFiles.create_directories(&folder.path.join("link/folder")).unwrap_err();
        LocalFiles.remove(&folder.path.join("link/a")).unwrap_err();
    }
    assert_eq!(folder.read("out/a"), "a\n");
    assert_eq!(folder.files().len(), 3);
}

#[test]
fn a_file_that_is_moved_keeps_its_mode() {
    let folder = Folder::with(&[("run", "a\n")]);
    fs::set_permissions(folder.path.join("run"), fs::Permissions::from_mode(0o750)).unwrap();
    let applied = folder.apply("*** Update File: run\n*** Move to: bin/run\n-a\n+b").unwrap();
    assert_eq!(mode(&folder.path.join("bin/run")), 0o750);
    assert!(!folder.exists("run"));
    let mut turn = TurnDiff::new(folder.path.clone(), TurnDiff::LIMIT);
    turn.record(&applied.effects);
    let text = turn.text();
    assert!(text.starts_with("diff --git a/run b/bin/run\nindex ") && !text.contains("mode"), "{text}");
}

#[test]
fn a_file_that_is_moved_onto_itself_stays() {
    for command in [false, true] {
        let folder = Folder::with(&[("a", "a\n")]);
        symlink("a", folder.path.join("link")).unwrap();
        for (to, text) in [("./a", "b\n"), ("link", "a\n")] {
            let old = folder.read("a");
            let hunks = format!("*** Update File: a\n*** Move to: {to}\n-{old}+{}", text.trim_end());
            if command {
                let (mut output, mut error) = (Vec::new(), Vec::new());
                let arguments = [patch(&hunks).into()];
                run_tool(&arguments, &folder.path, &mut &b""[..], &mut output, &mut error).unwrap();
                assert_eq!(
                    String::from_utf8(output).unwrap(),
                    format!("Success. Updated the following files:\nM {to}\n")
                );
            } else {
                folder.apply(&hunks).unwrap();
            }
            assert_eq!(folder.read("a"), text);
            assert!(folder.exists("link"));
        }
    }
}

#[test]
fn a_pipe_is_no_file() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo").arg(folder.path.join("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let error = folder.verify("*** Update File: pipe\n-a\n+b").unwrap_err();
    assert!(error.to_string().ends_with("pipe` is not a file"), "{error}");
    let error = folder.apply("*** Add File: pipe\n+b").unwrap_err();
    assert!(error.effects.is_empty());
}
