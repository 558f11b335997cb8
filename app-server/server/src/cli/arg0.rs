//! The names under which this program is another one, and the folder in which it has them.
//!
//! Models call `apply_patch` like any other program. So a folder with a link of that name to this very program stands first in
//! the `PATH` of commands. It lies in CODEX_HOME, where every installed version has one of its own, shared by its servers;
//! those of versions that are gone are removed by whoever comes next.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use std::{fs, io};

use uuid::Uuid;

use crate::platform;

/// The program that applies patches.
const APPLY_PATCH: &str = "apply_patch";

/// Where the folders lie, below CODEX_HOME.
const FOLDERS: [&str; 2] = ["tmp", "app-server-arg0"];

/// A folder without a link is being made by somebody, unless it is older.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Becomes the program whose name this process was started under and returns its exit code; none when that is the server.
pub(crate) fn run_as_tool() -> Option<ExitCode> {
    let mut arguments = std::env::args_os();
    let name = arguments.next()?;
    if Path::new(&name).file_stem() != Some(OsStr::new(APPLY_PATCH)) {
        return None;
    }
    let arguments: Vec<_> = arguments.collect();
    let code = std::env::current_dir().and_then(|cwd| {
        let (mut input, mut output, mut error) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
        codex_apply_patch::run_tool(&arguments, &cwd, &mut input, &mut output, &mut error)
    });
    Some(match code {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Err(error) => {
            super::report(&format!("{APPLY_PATCH}: {error}"));
            ExitCode::from(1)
        }
    })
}

/// The folder of programs for the `PATH` of commands, made where it is missing; none, with a warning, where that fails.
pub(crate) fn tools_folder(home: &Path) -> Option<PathBuf> {
    program()
        .and_then(|program| folder_for(&program, home))
        .inspect_err(|error| {
            let home = home.display();
            tracing::warn!(%error, %home, "commands will not find apply_patch: its folder in CODEX_HOME cannot be made");
        })
        .ok()
}

/// This program on the disk. When it was replaced while it ran, what took its place counts.
fn program() -> io::Result<PathBuf> {
    let program = std::env::current_exe()?;
    if program.exists() {
        return Ok(program);
    }
    let replaced = program.to_str().and_then(|path| path.strip_suffix(" (deleted)")).map(PathBuf::from);
    replaced.filter(|path| path.exists()).ok_or_else(|| io::Error::other("this program is gone from the disk"))
}

fn folder_for(program: &Path, home: &Path) -> io::Result<PathBuf> {
    let parent = FOLDERS.iter().fold(home.to_owned(), |path, name| path.join(name));
    fs::create_dir_all(&parent)?;
    let mut found = None;
    for entry in fs::read_dir(&parent)? {
        let folder = entry?.path();
        match state_of(&folder, program) {
            State::Ours => found = Some(folder),
            State::Others => {}
            // Others may clean up at the same time.
            State::Dead => drop(fs::remove_dir_all(&folder)),
        }
    }
    if let Some(folder) = found {
        return Ok(folder);
    }
    let folder = parent.join(Uuid::now_v7().to_string());
    fs::create_dir(&folder)?;
    platform::link_program(program, &folder.join(format!("{APPLY_PATCH}{}", std::env::consts::EXE_SUFFIX)))?;
    Ok(folder)
}

/// Whose a folder is.
#[derive(Debug, PartialEq)]
enum State {
    /// This program's.
    Ours,
    /// That of another program, or of nobody knows whom.
    Others,
    /// Nobody's any more.
    Dead,
}

fn state_of(folder: &Path, program: &Path) -> State {
    let Ok(metadata) = fs::symlink_metadata(folder) else { return State::Others };
    if !metadata.is_dir() {
        return State::Others;
    }
    match fs::read_link(folder.join(APPLY_PATCH)) {
        // Programs that somebody else has put there must not come into anybody's PATH.
        Ok(target) if target == program => match fs::read_dir(folder).map(Iterator::count) {
            Ok(1) => State::Ours,
            _ => State::Others,
        },
        Ok(target) if !target.exists() => State::Dead,
        Ok(_) => State::Others,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let age = metadata.modified().ok().and_then(|modified| modified.elapsed().ok());
            if age.is_some_and(|age| age > ABANDONED) { State::Dead } else { State::Others }
        }
        Err(_) => State::Others,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{File, FileTimes};
    use std::time::SystemTime;

    use super::*;

    fn link(home: &Path, name: &str, target: &Path) -> PathBuf {
        let folder = home.join("tmp/app-server-arg0").join(name);
        fs::create_dir_all(&folder).unwrap();
        platform::link_program(target, &folder.join(APPLY_PATCH)).unwrap();
        folder
    }

    #[test]
    fn a_program_has_one_folder_and_finds_it_again() {
        let home = tempfile::tempdir().unwrap();
        let program = std::env::current_exe().unwrap();
        let folder = folder_for(&program, home.path()).unwrap();
        assert_eq!(fs::read_link(folder.join(APPLY_PATCH)).unwrap(), program);
        assert_eq!(folder_for(&program, home.path()).unwrap(), folder);
        // Another version has its own.
        let other = folder_for(Path::new("/bin/sh"), home.path()).unwrap();
        assert_ne!(other, folder);
        assert_eq!(folder_for(&program, home.path()).unwrap(), folder);
        assert!(other.exists());
    }

    #[test]
    fn a_folder_with_other_programs_in_it_is_not_used() {
        let home = tempfile::tempdir().unwrap();
        let program = std::env::current_exe().unwrap();
        let folder = folder_for(&program, home.path()).unwrap();
        fs::write(folder.join("git"), "").unwrap();
        let fresh = folder_for(&program, home.path()).unwrap();
        assert_ne!(fresh, folder);
        assert!(folder.exists());
    }

    #[test]
    fn what_nobody_uses_any_more_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let program = std::env::current_exe().unwrap();
        let dead = link(home.path(), "dead", Path::new("/nonexistent/program"));
        let living = link(home.path(), "living", Path::new("/bin/sh"));
        let (new, old) = (dead.with_file_name("new"), dead.with_file_name("old"));
        for folder in [&new, &old] {
            fs::create_dir(folder).unwrap();
        }
        let long_ago = SystemTime::now() - 2 * ABANDONED;
        File::open(&old).unwrap().set_times(FileTimes::new().set_modified(long_ago)).unwrap();
        folder_for(&program, home.path()).unwrap();
        assert_eq!([&dead, &living, &new, &old].map(|folder| folder.exists()), [false, true, true, false]);
    }

    #[test]
    fn a_home_that_cannot_be_written_costs_the_folder_only() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("tmp"), "no folder").unwrap();
        assert_eq!(tools_folder(home.path()), None);
    }
}
