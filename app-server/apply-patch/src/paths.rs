//! Where a path leads.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::files::{FileReader, Status};

/// How many links are followed, as the system does it.
const MAX_LINKS: usize = 40;

/// The path below a folder (or itself, if absolute), without `.` and `..`. No file is looked at.
pub(crate) fn absolute(folder: &Path, path: &str) -> PathBuf {
    let mut result = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// The path with all links followed, also where the file itself or its last folders are missing. With `keep_last` the last
/// name is not followed: the place of the link, not of its target.
pub(crate) fn real(files: &dyn FileReader, path: &Path, keep_last: bool) -> io::Result<PathBuf> {
    let mut rest: VecDeque<OsString> = VecDeque::new();
    let mut result = PathBuf::new();
    push_front(&mut rest, &mut result, path);
    let mut links = 0;
    while let Some(name) = rest.pop_front() {
        if name == ".." {
            result.pop();
            continue;
        }
        let next = result.join(&name);
        let followed = !(keep_last && rest.is_empty());
        if followed && matches!(files.status(&next), Ok(Status::Link)) {
            links += 1;
            if links > MAX_LINKS {
                return Err(io::Error::other("too many levels of symbolic links"));
            }
            push_front(&mut rest, &mut result, &files.read_link(&next)?);
        } else {
            result = next;
        }
    }
    Ok(result)
}

/// Puts the names of a path before the rest; an absolute path starts anew.
fn push_front(rest: &mut VecDeque<OsString>, result: &mut PathBuf, path: &Path) {
    let mut names = Vec::new();
    if path.is_absolute() {
        *result = PathBuf::new();
    }
    for component in path.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => result.push(component),
            Component::CurDir => {}
            Component::ParentDir | Component::Normal(_) => names.push(component.as_os_str().to_owned()),
        }
    }
    names.into_iter().rev().for_each(|name| rest.push_front(name));
}
