//! Covers: empty folders in the place of protected names that do not exist, so that something can be mounted there.
//!
//! A mount needs something to lie on, so the folder really is made, with a mode that tells it from every other, and taken
//! away again by the last sandbox that needs it. Sandboxes of several processes may share one: each holds a shared lock
//! on the folder while it runs, and only who gets the exclusive one removes it, for the removal of a folder also ends
//! the mounts that others have on it. Commands in a sandbox never reach the folder: the mount lies over it.
//!
//! A cover that another user made in a folder that both may write (`/tmp`) cannot be locked. It counts as a real folder
//! and is mounted read-only; once that user's last sandbox removes it, the name is free again.

use std::fs;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{
    AtFlags, FileType, FlockOperation, Mode, OFlags, fchmod, flock, fstat, mkdirat, openat, statat, unlinkat,
};
use rustix::io::Errno;

use super::failure::{Failure, Step as _};
use super::layout::{COVER_MODE, Kind, Layout};

/// How often a cover may vanish between its making and its locking before that counts as an error.
const TRIES: usize = 100;

/// The covers that this process holds.
#[derive(Debug, Default)]
pub struct Covers {
    held: Vec<Cover>,
}

#[derive(Debug)]
struct Cover {
    parent: OwnedFd,
    name: PathBuf,
    folder: OwnedFd,
}

impl Covers {
    /// Makes and locks every cover of the layout. Where nobody could make the name, its step is taken out.
    ///
    /// # Errors
    /// When a folder cannot be made or locked. Those that were made before are held all the same.
    pub fn lay(&mut self, layout: &mut Layout) -> Result<(), Failure> {
        let wanted: Vec<PathBuf> =
            layout.steps.iter().filter(|(_, kind)| **kind == Kind::Cover).map(|(path, _)| path.clone()).collect();
        for path in wanted {
            match cover(&path).step(format_args!("keep the name {} from being made", path.display()))? {
                Found::Cover(cover) => self.held.push(cover),
                Found::Taken => {
                    layout.steps.insert(path, Kind::ReadOnly);
                }
                Found::OutOfReach => {
                    layout.steps.remove(&path);
                }
            }
        }
        Ok(())
    }

    /// Removes the covers that no other sandbox needs. What somebody else put into one meanwhile stays.
    pub fn lift(self) {
        for cover in self.held {
            if flock(&cover.folder, FlockOperation::NonBlockingLockExclusive).is_err() {
                continue;
            }
            // One that cannot be removed is found and removed by a later sandbox.
            if let Err(Errno::NOTEMPTY | Errno::EXIST) = unlinkat(&cover.parent, &cover.name, AtFlags::REMOVEDIR) {
                // The folder belongs to whoever filled it, and is no cover any more.
                let _ = fchmod(&cover.folder, Mode::from_raw_mode(0o755));
            }
        }
    }
}

/// What came of making a cover.
enum Found {
    /// It is there and locked.
    Cover(Cover),
    /// Somebody has made something of that name meanwhile.
    Taken,
    /// The folder around it cannot be changed by us, and so not by the command either.
    OutOfReach,
}

/// Makes and locks one cover.
fn cover(path: &Path) -> Result<Found, Errno> {
    let (Some(around), Some(name)) = (path.parent(), path.file_name().map(PathBuf::from)) else {
        return Err(Errno::INVAL);
    };
    let folder_flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let parent = openat(rustix::fs::CWD, around, folder_flags, Mode::empty())?;
    for _ in 0..TRIES {
        // The mode comes with the making, so that nobody ever takes the folder for a real one.
        match mkdirat(&parent, &name, Mode::from_raw_mode(COVER_MODE)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(Errno::ROFS) => return Ok(Found::OutOfReach),
            Err(Errno::ACCESS | Errno::PERM) if !ours(around) => return Ok(Found::OutOfReach),
            Err(error) => return Err(error),
        }
        let found = match statat(&parent, &name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) => found,
            Err(Errno::NOENT) => continue,
            Err(error) => return Err(error),
        };
        if FileType::from_raw_mode(found.st_mode) == FileType::Symlink {
            return Err(Errno::LOOP);
        }
        if FileType::from_raw_mode(found.st_mode) != FileType::Directory || found.st_mode & 0o7777 != COVER_MODE {
            return Ok(Found::Taken);
        }
        let folder = match openat(&parent, &name, folder_flags, Mode::empty()) {
            Ok(folder) => folder,
            Err(Errno::NOENT) => continue,
            Err(error) => return Err(error),
        };
        flock(&folder, FlockOperation::LockShared)?;
        // Meanwhile another sandbox may have removed it, and a third one may have made it again.
        let locked = fstat(&folder)?;
        match statat(&parent, &name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(found) if (found.st_dev, found.st_ino) == (locked.st_dev, locked.st_ino) => {
                return Ok(Found::Cover(Cover { parent, name, folder }));
            }
            Ok(_) | Err(Errno::NOENT) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Errno::AGAIN)
}

/// Whether a folder is ours, so that a command could give itself the right to write to it.
fn ours(folder: &Path) -> bool {
    fs::metadata(folder).map_or(true, |metadata| metadata.uid() == rustix::process::geteuid().as_raw())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn lay(path: &Path) -> Covers {
        let mut layout = Layout { writable: false, steps: BTreeMap::from([(path.to_owned(), Kind::Cover)]) };
        let mut covers = Covers::default();
        covers.lay(&mut layout).unwrap();
        assert_eq!(layout.steps.len(), 1);
        covers
    }

    #[test]
    fn the_last_one_removes_the_cover() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".git");
        let first = lay(&path);
        let second = lay(&path);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, COVER_MODE);
        first.lift();
        assert!(path.exists(), "the second one still needs it");
        second.lift();
        assert!(!path.exists());
    }

    #[test]
    fn a_cover_of_a_killed_sandbox_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".git");
        drop(lay(&path));
        assert!(path.exists());
        lay(&path).lift();
        assert!(!path.exists());
    }

    #[test]
    fn what_somebody_put_into_a_cover_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".git");
        let covers = lay(&path);
        fs::write(path.join("HEAD"), "ref").unwrap();
        covers.lift();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o755);
        assert!(path.join("HEAD").exists());
    }

    #[test]
    fn many_sandboxes_at_once_leave_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".git");
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let covers = lay(&path);
                        assert!(path.exists());
                        covers.lift();
                    }
                });
            }
        });
        assert!(!path.exists());
    }
}
