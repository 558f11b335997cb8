//! What is refused before the first write, and what a failure leaves.

use std::cell::Cell;
use std::io;
use std::path::{Path, PathBuf};

use codex_apply_patch::{ApplyProblem, FileReader, FileSystem, LocalFiles, Status, VerifyError};

use crate::support::Folder;

fn files() -> Folder {
    Folder::with(&[("a", "a\n"), ("b", "b\n"), ("c", "c\n")])
}

#[test]
fn one_hunk_a_file() {
    let cases = [
        ("*** Update File: a\n-a\n+A\n*** Delete File: ./a", "a"),
        ("*** Add File: x\n+1\n*** Add File: y/../x\n+2", "x"),
        ("*** Update File: a\n*** Move to: x\n-a\n+A\n*** Update File: b\n*** Move to: x\n-b\n+B", "x"),
        ("*** Update File: a\n*** Move to: b\n-a\n+A\n*** Update File: b\n*** Move to: c\n-b\n+B", "b"),
        ("*** Update File: b\n-b\n+B\n*** Update File: a\n*** Move to: b\n-a\n+A", "b"),
        ("*** Update File: a\n*** Move to: b\n-a\n+A\n*** Delete File: b", "b"),
        ("*** Update File: a\n*** Move to: x\n-a\n+A\n*** Add File: a\n+new", "a"),
        ("*** Delete File: c\n*** Update File: a\n*** Move to: c\n-a\n*** Update File: b\n*** Move to: c\n-b", "c"),
    ];
    for (hunks, refused) in cases {
        let folder = files();
        let error = folder.verify(hunks).unwrap_err();
        assert!(
            matches!(&error, VerifyError::SameTarget(path) if *path == folder.path.join(refused)),
            "{hunks}: {error}"
        );
    }
}

#[test]
fn what_was_removed_before_may_come_by_a_move() {
    let folder = files();
    folder.apply("*** Delete File: b\n*** Update File: a\n*** Move to: b\n-a\n+A").unwrap();
    assert_eq!((folder.read("b").as_str(), folder.exists("a")), ("A\n", false));
    let folder = files();
    folder.apply("*** Update File: b\n*** Move to: x\n-b\n+B\n*** Update File: a\n*** Move to: b\n-a\n+A").unwrap();
    assert_eq!((folder.read("x").as_str(), folder.read("b").as_str(), folder.exists("a")), ("B\n", "A\n", false));
    let folder = files();
    folder.apply("*** Delete File: a\n*** Add File: a/b\n+x").unwrap();
    assert_eq!(folder.read("a/b"), "x\n");
}

#[test]
fn nothing_is_written_when_a_later_file_cannot_be() {
    let cases = ["*** Add File: folder\n+x", "*** Add File: b/x\n+x", "*** Add File: new/x\n+x"];
    for last in cases {
        let folder = files();
        folder.write("folder/x", "");
        let before = folder.files();
        let plan = folder.verify(&format!("*** Update File: a\n-a\n+A\n*** Add File: new\n+1\n{last}")).unwrap();
        let error = plan.apply(&LocalFiles).unwrap_err();
        let path = last.lines().next().unwrap().split_once(": ").unwrap().1;
        assert_eq!(error.to_string(), format!("Failed to write file {}", folder.path.join(path).display()));
        assert!(error.effects.is_empty() && error.damaged.is_none());
        assert_eq!(folder.files(), before, "{last}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn folders_that_cannot_be_made_are_named_as_the_reason() {
    let error = files().apply("*** Add File: /proc/none/x\n+x").unwrap_err();
    assert_eq!(error.to_string(), "Failed to create parent directories for /proc/none/x");
}

#[test]
fn files_that_have_changed_since_are_matched_anew() {
    let folder = files();
    let plan = folder.verify("*** Update File: a\n-a\n+A").unwrap();
    folder.write("a", "first\na\nlast\n");
    let applied = plan.apply(&LocalFiles).unwrap();
    assert_eq!(folder.read("a"), "first\nA\nlast\n");
    assert_eq!(applied.changes[0].diff, "@@ -1,3 +1,3 @@\n first\n-a\n+A\n last\n");
    folder.write("a", "a\n");
    folder.write("b", "other\n");
    let plan = {
        folder.write("b", "b\n");
        let plan = folder.verify("*** Update File: a\n-a\n+A\n*** Update File: b\n-b\n+B").unwrap();
        folder.write("b", "other\n");
        plan
    };
    let error = plan.apply(&LocalFiles).unwrap_err();
    assert!(matches!(error.problem, ApplyProblem::Verify(_)));
    assert_eq!(error.to_string(), format!("Failed to find expected lines in {}:\nb", folder.path.join("b").display()));
    assert_eq!(folder.read("a"), "a\n");
}

/// A disk on which the second write stops in the middle.
struct FullDisk {
    writes: Cell<usize>,
    /// Whether it stays full.
    stays: bool,
}

impl FileReader for FullDisk {
    fn status(&self, path: &Path) -> io::Result<Status> {
        LocalFiles.status(path)
    }
    fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        LocalFiles.read_link(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        LocalFiles.read(path)
    }
}

impl FileSystem for FullDisk {
    fn check_write(&self, path: &Path) -> io::Result<()> {
        LocalFiles.check_write(path)
    }
    fn create_directories(&self, path: &Path) -> io::Result<()> {
        LocalFiles.create_directories(path)
    }
    fn write(&self, path: &Path, content: &[u8], permissions: Option<u32>) -> io::Result<()> {
        self.writes.set(self.writes.get() + 1);
        let full = if self.stays { self.writes.get() >= 2 } else { self.writes.get() == 2 };
        if full {
            LocalFiles.write(path, &content[..content.len() / 2], permissions)?;
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        LocalFiles.write(path, content, permissions)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        LocalFiles.remove(path)
    }
}

#[test]
fn a_write_that_stops_in_the_middle_is_undone() {
    let second = [
        "*** Update File: b\n-b\n+a new b",
        "*** Add File: x\n+a new x",
        "*** Update File: b\n*** Move to: x\n-b\n+new",
    ];
    for second in second {
        let folder = files();
        let plan = folder.verify(&format!("*** Update File: a\n-a\n+A\n{second}\n*** Delete File: c")).unwrap();
        let error = plan.apply(&FullDisk { writes: Cell::new(0), stays: false }).unwrap_err();
        let written: Vec<_> = error.effects.iter().map(|effect| effect.path.as_path()).collect();
        assert_eq!(written, [folder.path.join("a")], "{second}");
        assert_eq!(error.damaged, None);
        assert_eq!(std::error::Error::source(&error.problem).unwrap().to_string(), "no storage space");
        let read = ["a", "b", "c"].map(|path| folder.read(path));
        assert_eq!(read, ["A\n", "b\n", "c\n"]);
        assert!(!folder.exists("x"));
    }
}

#[test]
fn a_file_that_cannot_be_put_back_is_named() {
    let folder = files();
    let plan = folder.verify("*** Update File: a\n-a\n+A\n*** Update File: b\n-b\n+a new b").unwrap();
    let error = plan.apply(&FullDisk { writes: Cell::new(0), stays: true }).unwrap_err();
    assert_eq!(error.damaged, Some(folder.path.join("b")));
    assert!(error.to_string().ends_with("b was written in part and could not be put back"), "{error}");
}

#[test]
fn texts_for_the_model() {
    let folder = files();
    let cases = [
        ("", "patch rejected: empty patch"),
        ("*** Environment ID: x", "patch rejected: empty patch"),
        (
            "*** Environment ID: x\n*** Delete File: no",
            "apply_patch environment selection is unavailable for this turn",
        ),
        (
            "*** Environment ID: \n*** Delete File: a",
            "apply_patch verification failed: invalid patch: apply_patch environment_id cannot be empty",
        ),
        (
            "*** Environment ID: x\n*** Environment ID: x",
            "apply_patch verification failed: invalid patch: apply_patch environment_id cannot be specified more than once",
        ),
        ("*** Add File: a\0b\n+x", "apply_patch verification failed: 'a\0b' is invalid on 'linux'"),
    ];
    for (hunks, text) in cases {
        let text = text.replace("'linux'", &format!("'{}'", std::env::consts::OS));
        assert_eq!(folder.verify(hunks).unwrap_err().to_string(), text);
    }
}
