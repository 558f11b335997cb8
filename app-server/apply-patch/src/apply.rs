//! Writing what a plan says, with as little damage as can be when that fails.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::files::{FileSystem, Status};
use crate::plan::{
    Action, Affected, FileChange, FileProblem, Operation, Plan, ReadProblem, VerifyError, changes, operations, places,
};

/// A patch that has been applied.
#[derive(Debug)]
pub struct Applied {
    /// What became of each file, by path. The same as that of the plan, unless files have changed since.
    pub changes: Vec<FileChange>,
    /// What was written and removed, in order; for [`TurnDiff::record`](crate::TurnDiff::record).
    pub effects: Vec<Effect>,
    /// The text for the model: that it went well, and the files.
    pub summary: String,
}

/// A patch that could not be applied, or only in part.
#[derive(Debug)]
pub struct ApplyError {
    /// What is wrong.
    pub problem: ApplyProblem,
    /// What was written and removed before that.
    pub effects: Vec<Effect>,
    /// A file that could be written in part and not be put back.
    pub damaged: Option<PathBuf>,
}

/// Why a patch could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum ApplyProblem {
    /// The patch does not fit the files any more. Nothing was written.
    #[error("{}", inner(.0))]
    Verify(#[source] VerifyError),
    /// A link on the way to this file has changed since the plan was made. Nothing was written.
    #[error("{} leads to another place than when the patch was verified; nothing was written", .0.display())]
    Elsewhere(PathBuf),
    /// A file could not be written or removed.
    #[error(transparent)]
    File(#[from] FileProblem),
}

/// Without the words around, which belong to a refusal before the call runs.
fn inner(error: &VerifyError) -> String {
    match error {
        VerifyError::File(problem) => problem.to_string(),
        other => other.to_string(),
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(out)?;
        match &self.damaged {
            Some(path) => write!(out, "; {} was written in part and could not be put back", path.display()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApplyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(&self.problem)
    }
}

/// A file before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The real path.
    pub path: PathBuf,
    /// What was there; nothing if no file was, or none that could be read.
    pub before: Option<FileState>,
    /// What is there now.
    pub after: Option<FileState>,
    /// The real path that the file had before, when it was moved.
    pub moved_from: Option<PathBuf>,
}

/// What a file is and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileState {
    /// What it is.
    pub mode: FileMode,
    /// Its bytes; of a link the path that it holds.
    pub content: Arc<[u8]>,
}

/// What git tells files apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileMode {
    /// A plain file.
    Regular,
    /// A file that its owner may execute.
    Executable,
    /// A symbolic link.
    Link,
}

impl FileMode {
    /// That of a file with these permission bits.
    pub(crate) fn of(permissions: u32) -> Self {
        if permissions & 0o100 == 0 { Self::Regular } else { Self::Executable }
    }
}

impl Plan {
    /// Does what the patch says. It is verified once more, since a question to the user may have taken its time; then all
    /// files are looked at whether they can be written, and only then the first is written.
    ///
    /// # Errors
    /// When the patch does not fit any more, when a path leads elsewhere, or when a file cannot be written: the error has
    /// what was done before.
    pub fn apply(&self, files: &dyn FileSystem) -> Result<Applied, ApplyError> {
        let nothing = |problem| ApplyError { problem, effects: Vec::new(), damaged: None };
        let now = operations(&self.patch, &self.cwd, files, &self.operations)
            .map_err(|error| nothing(ApplyProblem::Verify(error)))?;
        if let Some((_, place)) = self.affected().zip(places(&now)).find(|(then, now)| then != now) {
            return Err(nothing(ApplyProblem::Elsewhere(place.path.clone())));
        }
        preflight(&now, files).map_err(|problem| nothing(problem.into()))?;
        let mut writer = Writer::new(files);
        for operation in &now {
            if let Err(problem) = writer.perform(operation) {
                let Writer { effects, damaged, .. } = writer;
                return Err(ApplyError { problem: problem.into(), effects, damaged });
            }
        }
        let same = self.operations.iter().zip(&now).all(|(then, now)| then.shows_as(now));
        let changes = if same { self.changes.clone() } else { changes(&now) };
        Ok(Applied { summary: summary(&now), changes, effects: writer.effects })
    }
}

/// The text of success: the files that came, changed and went.
pub(crate) fn summary(operations: &[Operation]) -> String {
    let mut text = "Success. Updated the following files:\n".to_owned();
    for letter in ['A', 'M', 'D'] {
        for operation in operations.iter().filter(|operation| letter_of(operation) == letter) {
            text.push_str(&format!("{letter} {}\n", operation.named));
        }
    }
    text
}

fn letter_of(operation: &Operation) -> char {
    match operation.action {
        Action::Add { .. } => 'A',
        Action::Update { .. } => 'M',
        Action::Delete { .. } => 'D',
    }
}

/// Whether all operations can be expected to succeed.
fn preflight(operations: &[Operation], files: &dyn FileSystem) -> Result<(), FileProblem> {
    let mut written: HashSet<&Path> = HashSet::new();
    let mut removed: HashSet<&Path> = HashSet::new();
    for operation in operations {
        let (place, removes) = match &operation.action {
            Action::Delete { .. } => (None, true),
            Action::Update { move_to: Some(target), .. } => (Some(&target.place), !target.itself),
            Action::Add { .. } | Action::Update { .. } => (Some(&operation.place), false),
        };
        if let Some(place) = place {
            let cause = |cause| FileProblem::Write { path: place.path.clone(), cause };
            writable(&place.real, files, &written, &removed).map_err(cause)?;
            written.insert(&place.real);
        }
        if removes {
            removed.insert(&operation.place.real);
        }
    }
    Ok(())
}

fn writable(path: &Path, files: &dyn FileSystem, written: &HashSet<&Path>, removed: &HashSet<&Path>) -> io::Result<()> {
    if !removed.contains(path) {
        match files.status(path)? {
            Status::Missing => {}
            Status::File { .. } => return files.check_write(path),
            Status::Directory | Status::Link | Status::Other => return Err(io::Error::other("not a file")),
        }
    }
    for parent in path.ancestors().skip(1) {
        if written.contains(parent) {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        match files.status(parent) {
            _ if removed.contains(parent) => {}
            Ok(Status::Directory) => break,
            Ok(Status::Missing) => {}
            Ok(_) => return Err(io::Error::from(io::ErrorKind::NotADirectory)),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Does operations one by one, and keeps what was done.
pub(crate) struct Writer<'a> {
    files: &'a dyn FileSystem,
    effects: Vec<Effect>,
    damaged: Option<PathBuf>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(files: &'a dyn FileSystem) -> Self {
        Self { files, effects: Vec::new(), damaged: None }
    }

    pub(crate) fn perform(&mut self, operation: &Operation) -> Result<(), FileProblem> {
        let place = &operation.place;
        let before = operation.before.as_ref();
        match &operation.action {
            Action::Add { content } => self.write(place, before, content, None),
            Action::Update { new, move_to: None, .. } => self.write(place, before, new, None),
            Action::Update { new, move_to: Some(target), .. } => {
                self.write(&target.place, target.before.as_ref(), new, target.permissions)?;
                if target.itself {
                    return Ok(());
                }
                if let Some(effect) = self.effects.last_mut() {
                    // A link that goes is no file that moves.
                    let link = before.is_some_and(|before| before.mode == FileMode::Link);
                    effect.moved_from = (!link).then(|| place.real.clone());
                }
                let failed = |cause| FileProblem::RemoveOriginal { path: place.path.clone(), cause };
                self.remove(&place.real, before).map_err(failed)
            }
            Action::Delete { content } => {
                let failed = |cause| FileProblem::Delete { path: place.path.clone(), cause };
                match content {
                    Err(ReadProblem::NoFile(_)) => return Err(failed(io::Error::other("not a file"))),
                    // Also a link that leads nowhere.
                    Err(ReadProblem::System(error)) if error.kind() == io::ErrorKind::NotFound => {
                        return Err(failed(io::ErrorKind::NotFound.into()));
                    }
                    // What a file holds does not matter here.
                    Ok(_) | Err(ReadProblem::System(_) | ReadProblem::NoText(_)) => {}
                }
                self.remove(&place.real, before).map_err(failed)
            }
        }
    }

    fn write(
        &mut self,
        place: &Affected,
        before: Option<&FileState>,
        content: &Arc<str>,
        permissions: Option<u32>,
    ) -> Result<(), FileProblem> {
        let path = &place.real;
        let existed = !matches!(self.files.status(path), Ok(Status::Missing));
        let shown = || place.path.clone();
        let parents = path.parent().map_or(Ok(()), |parent| self.files.create_directories(parent));
        let written = match parents {
            // What stands in the way is no missing folder.
            Err(cause) if matches!(cause.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists) => {
                Err(FileProblem::Write { path: shown(), cause })
            }
            Err(cause) => Err(FileProblem::Parents { path: shown(), cause }),
            Ok(()) => {
                let written = self.files.write(path, content.as_bytes(), permissions);
                written.map_err(|cause| FileProblem::Write { path: shown(), cause })
            }
        };
        if let Err(problem) = written {
            self.put_back(path, existed, before);
            return Err(problem);
        }
        let mode = match before.map(|before| before.mode).filter(|_| existed) {
            Some(mode) => mode,
            None => permissions.map_or(FileMode::Regular, FileMode::of),
        };
        let after = FileState { mode, content: Arc::from(Arc::clone(content)) };
        self.effect(path, before, Some(after));
        Ok(())
    }

    /// After a write that failed: what was there is there again.
    fn put_back(&mut self, path: &Path, existed: bool, before: Option<&FileState>) {
        let now = self.files.read(path).ok();
        let as_before = match (before, existed) {
            (Some(before), true) => {
                now.as_deref() == Some(&*before.content) || self.files.write(path, &before.content, None).is_ok()
            }
            // What was there could not be read, so it was not written either.
            (None, true) => true,
            (_, false) => now.is_none() || self.files.remove(path).is_ok(),
        };
        if !as_before {
            self.damaged = Some(path.to_owned());
        }
    }

    fn remove(&mut self, path: &Path, before: Option<&FileState>) -> io::Result<()> {
        self.files.remove(path)?;
        self.effect(path, before, None);
        Ok(())
    }

    fn effect(&mut self, path: &Path, before: Option<&FileState>, after: Option<FileState>) {
        self.effects.push(Effect { path: path.to_owned(), before: before.cloned(), after, moved_from: None });
    }
}
