//! A patch that has been checked as a whole, before anything is written.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::str::Utf8Error;
use std::sync::Arc;

use crate::apply::{FileMode, FileState};
use crate::diff::unified_hunks;
use crate::files::{FileReader, Status};
use crate::parse::{Chunk, Hunk, ParseError, Patch, parse};
use crate::paths::{absolute, real};
use crate::text::{Misfit, update};

/// Lines of context in the diff of a change.
const CHANGE_CONTEXT: usize = 1;

/// Finds what a patch would do to the files below a folder. Nothing is written.
///
/// # Errors
/// When the text is no patch, does nothing, names an environment, does two things to one file, or does not fit the
/// files. The error's text is that for a model.
pub fn verify(text: &str, cwd: &Path, files: &dyn FileReader) -> Result<Plan, VerifyError> {
    let patch = parse(text)?;
    if patch.hunks.is_empty() {
        return Err(VerifyError::Empty);
    }
    if let Some(environment) = patch.environment {
        return Err(VerifyError::Environment(environment));
    }
    let operations = operations(&patch, cwd, files, &[])?;
    let changes = changes(&operations);
    Ok(Plan { patch, cwd: cwd.to_owned(), operations, changes })
}

/// Why a patch cannot be applied. The text is that for a model, as a whole.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It is no patch.
    #[error("apply_patch verification failed: {0}")]
    Parse(#[from] ParseError),
    /// It has no hunk.
    #[error("patch rejected: empty patch")]
    Empty,
    /// It asks for an environment, and there is but one.
    #[error("apply_patch environment selection is unavailable for this turn")]
    Environment(String),
    /// Two hunks would write or remove this file.
    #[error("apply_patch verification failed: invalid patch: multiple operations target {}", .0.display())]
    SameTarget(PathBuf),
    /// It does not fit a file.
    #[error("apply_patch verification failed: {0}")]
    File(#[from] FileProblem),
}

/// What is wrong with a file that a patch names.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// No file can have this name.
    #[error("'{0}' is invalid on '{os}'", os = std::env::consts::OS)]
    Name(String),
    /// The links of the path lead nowhere.
    #[error("Failed to resolve {}: {cause}", path.display())]
    Resolve {
        /// The path.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file that is to be updated.
    #[error("Failed to read file to update {}: {cause}", path.display())]
    ReadToUpdate {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ReadProblem,
    },
    /// A file that is to be removed.
    #[error("Failed to read {}: {cause}", path.display())]
    ReadToDelete {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ReadProblem,
    },
    /// A line that should stand before a chunk is not there.
    #[error("Failed to find context '{header}' in {}", path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// The line.
        header: String,
    },
    /// Lines that stay or go are not there.
    #[error("Failed to find expected lines in {}:\n{lines}", path.display())]
    Lines {
        /// The file.
        path: PathBuf,
        /// The lines.
        lines: String,
    },
    /// A file cannot be written.
    #[error("Failed to write file {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The folders above a new file are missing and cannot be made.
    #[error("Failed to create parent directories for {}", path.display())]
    Parents {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file cannot be removed.
    #[error("Failed to delete file {}", path.display())]
    Delete {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A file has been written to its new place and still stands at the old one.
    #[error("Failed to remove original {}", path.display())]
    RemoveOriginal {
        /// The old place.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

/// Why a file's text cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReadProblem {
    /// The system said no.
    #[error(transparent)]
    System(#[from] io::Error),
    /// A folder, a device, a pipe.
    #[error("path `{}` is not a file", .0.display())]
    NoFile(PathBuf),
    /// Not UTF-8.
    #[error(transparent)]
    NoText(#[from] Utf8Error),
}

/// What a patch would do. Made by [`verify`].
#[derive(Debug)]
pub struct Plan {
    pub(crate) patch: Patch,
    pub(crate) cwd: PathBuf,
    pub(crate) operations: Vec<Operation>,
    pub(crate) changes: Vec<FileChange>,
}

/// A path that is written or removed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Affected {
    /// As the patch has it, made absolute, without `.` and `..`.
    pub path: PathBuf,
    /// Where that is when links are followed. For a link that is removed: where the link itself is.
    pub real: PathBuf,
}

/// What becomes of one file, for people to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The absolute path of the file.
    pub path: PathBuf,
    /// What happens to it.
    pub kind: ChangeKind,
    /// The whole content of a file that comes or goes; for an update the hunks of a unified diff without file headers,
    /// and behind them where the file has been moved to.
    pub diff: String,
}

/// What happens to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// It comes, or is replaced as a whole.
    Add,
    /// It goes.
    Delete,
    /// It changes.
    Update {
        /// Where it is moved to.
        move_path: Option<PathBuf>,
    },
}

impl Plan {
    /// What the patch says.
    pub fn patch(&self) -> &Patch {
        &self.patch
    }

    /// What becomes of each file, by path.
    pub fn changes(&self) -> &[FileChange] {
        &self.changes
    }

    /// Every path that would be written or removed, in the order of the patch; of a move both ends.
    pub fn affected(&self) -> impl Iterator<Item = &Affected> {
        places(&self.operations)
    }

    /// The paths that lie below none of the roots, links followed on both sides.
    ///
    /// # Errors
    /// When links of a root lead nowhere.
    pub fn outside(&self, roots: &[PathBuf], files: &dyn FileReader) -> io::Result<Vec<&Path>> {
        let roots = roots.iter().map(|root| real(files, root, false)).collect::<io::Result<Vec<PathBuf>>>()?;
        let outside = |place: &&Affected| !roots.iter().any(|root| place.real.starts_with(root));
        Ok(self.affected().filter(outside).map(|place| place.path.as_path()).collect())
    }
}

/// What the operations write and remove.
pub(crate) fn places(operations: &[Operation]) -> impl Iterator<Item = &Affected> {
    operations.iter().flat_map(Operation::places)
}

/// What becomes of each file, by path.
pub(crate) fn changes(operations: &[Operation]) -> Vec<FileChange> {
    let mut changes: Vec<FileChange> = operations.iter().map(Operation::change).collect();
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    changes
}

/// One hunk, with all that is needed to do it.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The path as the summary has it.
    pub(crate) named: String,
    pub(crate) place: Affected,
    /// What is at the place before.
    pub(crate) before: Option<FileState>,
    pub(crate) action: Action,
}

#[derive(Debug)]
pub(crate) enum Action {
    Add {
        content: Arc<str>,
    },
    Delete {
        /// What the file has, as far as it can be had.
        content: Result<Arc<str>, ReadProblem>,
    },
    Update {
        old: Arc<str>,
        new: Arc<str>,
        move_to: Option<Target>,
    },
}

/// Where a file is moved to.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) place: Affected,
    /// What is there before.
    pub(crate) before: Option<FileState>,
    /// Whether that is where the file already is.
    pub(crate) itself: bool,
    /// The permissions of the file that is moved.
    pub(crate) permissions: Option<u32>,
}

impl Operation {
    /// What a hunk would do now. What it would have done earlier spares work where nothing has changed.
    pub(crate) fn new(
        hunk: &Hunk,
        cwd: &Path,
        files: &dyn FileReader,
        earlier: Option<&Self>,
    ) -> Result<Self, FileProblem> {
        let path = place(cwd, hunk.path())?;
        match hunk {
            Hunk::Add { path: named, content } => {
                let place = located(files, path, false)?;
                let action = Action::Add { content: Arc::from(content.as_str()) };
                Ok(Self { named: named.clone(), before: state(files, &place.real), place, action })
            }
            Hunk::Delete { path: named } => {
                let content = located(files, path.clone(), false).map(|place| text(files, &place));
                let place = located(files, path, true)?;
                let action = Action::Delete { content: content? };
                Ok(Self { named: named.clone(), before: state(files, &place.real), place, action })
            }
            Hunk::Update { path: named, move_to, chunks } => {
                let source = located(files, path.clone(), false)?;
                let read = text(files, &source);
                let old = read.map_err(|cause| FileProblem::ReadToUpdate { path: path.clone(), cause })?;
                let new = match earlier.map(|earlier| &earlier.action) {
                    Some(Action::Update { old: same, new, .. }) if *same == old => Arc::clone(new),
                    _ => updated(&old, chunks, &path)?,
                };
                let permissions = match files.status(&source.real) {
                    Ok(Status::File { permissions }) => Some(permissions),
                    _ => None,
                };
                let mode = permissions.map_or(FileMode::Regular, FileMode::of);
                let before = Some(FileState { mode, content: Arc::from(Arc::clone(&old)) });
                let Some(moved) = move_to else {
                    let action = Action::Update { old, new, move_to: None };
                    return Ok(Self { named: named.clone(), place: source, before, action });
                };
                let to = located(files, self::place(cwd, moved)?, false)?;
                let itself = to.path == path || to.real == source.real;
                let place = located(files, path, !itself)?;
                let before = if place.real == source.real { before } else { state(files, &place.real) };
                let target = Target { before: state(files, &to.real), place: to, itself, permissions };
                let action = Action::Update { old, new, move_to: Some(target) };
                Ok(Self { named: moved.clone(), place, before, action })
            }
        }
    }

    /// Whether both show as the same change.
    pub(crate) fn shows_as(&self, other: &Self) -> bool {
        match (&self.action, &other.action) {
            (Action::Add { content }, Action::Add { content: other }) => content == other,
            (Action::Delete { content: Ok(content) }, Action::Delete { content: Ok(other) }) => content == other,
            (Action::Update { old, .. }, Action::Update { old: other, .. }) => old == other,
            _ => false,
        }
    }

    fn places(&self) -> impl Iterator<Item = &Affected> {
        let target = match &self.action {
            Action::Update { move_to: Some(target), .. } => Some(&target.place),
            _ => None,
        };
        std::iter::once(&self.place).chain(target)
    }

    fn change(&self) -> FileChange {
        let (kind, diff) = match &self.action {
            Action::Add { content } => (ChangeKind::Add, content.to_string()),
            Action::Delete { content } => (ChangeKind::Delete, content.as_deref().unwrap_or_default().to_owned()),
            Action::Update { old, new, move_to } => {
                let mut diff = unified_hunks(old, new, CHANGE_CONTEXT);
                let move_path = move_to.as_ref().map(|target| target.place.path.clone());
                if let Some(path) = &move_path {
                    diff.push_str(&format!("\n\nMoved to: {}", path.display()));
                }
                (ChangeKind::Update { move_path }, diff)
            }
        };
        FileChange { path: self.place.path.clone(), kind, diff }
    }
}

/// All hunks of a patch, none of which may stand in another's way.
pub(crate) fn operations(
    patch: &Patch,
    cwd: &Path,
    files: &dyn FileReader,
    earlier: &[Operation],
) -> Result<Vec<Operation>, VerifyError> {
    let mut operations = Vec::with_capacity(patch.hunks.len());
    for (at, hunk) in patch.hunks.iter().enumerate() {
        let operation = Operation::new(hunk, cwd, files, earlier.get(at))?;
        operations.push(match operation.action {
            Action::Delete { content: Err(cause) } => {
                return Err(FileProblem::ReadToDelete { path: operation.place.path, cause }.into());
            }
            action => Operation { action, ..operation },
        });
    }
    check_targets(&operations)?;
    Ok(operations)
}

/// Refuses two operations on one file, also where links lead both there. What an earlier hunk has removed may come anew
/// by a move.
fn check_targets(operations: &[Operation]) -> Result<(), VerifyError> {
    let mut named: HashSet<&Path> = HashSet::new();
    let mut taken: HashSet<&Path> = HashSet::new();
    let mut vacant: HashSet<&Path> = HashSet::new();
    for operation in operations {
        let place = &operation.place;
        if !named.insert(&place.path) || !taken.insert(&place.real) {
            return Err(VerifyError::SameTarget(place.path.clone()));
        }
        let target = match &operation.action {
            Action::Update { move_to, .. } => move_to.as_ref(),
            Action::Delete { .. } => {
                vacant.insert(&place.real);
                None
            }
            Action::Add { .. } => None,
        };
        if let Some(target) = target.filter(|target| !target.itself) {
            if !taken.insert(&target.place.real) && !vacant.remove(target.place.real.as_path()) {
                return Err(VerifyError::SameTarget(target.place.path.clone()));
            }
            vacant.insert(&place.real);
        }
    }
    Ok(())
}

/// The absolute path of a name in a patch.
fn place(cwd: &Path, named: &str) -> Result<PathBuf, FileProblem> {
    if named.contains('\0') {
        return Err(FileProblem::Name(named.to_owned()));
    }
    Ok(absolute(cwd, named))
}

fn located(files: &dyn FileReader, path: PathBuf, keep_last: bool) -> Result<Affected, FileProblem> {
    match real(files, &path, keep_last) {
        Ok(real) => Ok(Affected { path, real }),
        Err(cause) => Err(FileProblem::Resolve { path, cause }),
    }
}

/// The text after the chunks.
fn updated(old: &str, chunks: &[Chunk], path: &Path) -> Result<Arc<str>, FileProblem> {
    let path = || path.to_owned();
    update(old, chunks).map(Arc::from).map_err(|misfit| match misfit {
        Misfit::Header(header) => FileProblem::Header { path: path(), header },
        Misfit::Lines(lines) => FileProblem::Lines { path: path(), lines },
    })
}

/// The text of a file whose links have been followed.
fn text(files: &dyn FileReader, place: &Affected) -> Result<Arc<str>, ReadProblem> {
    match files.status(&place.real)? {
        Status::Directory | Status::Link | Status::Other => Err(ReadProblem::NoFile(place.path.clone())),
        Status::Missing | Status::File { .. } => {
            let bytes = files.read(&place.real)?;
            Ok(Arc::from(std::str::from_utf8(&bytes)?))
        }
    }
}

/// What stands at a path, if it can be seen.
fn state(files: &dyn FileReader, real: &Path) -> Option<FileState> {
    match files.status(real).ok()? {
        Status::File { permissions } => {
            Some(FileState { mode: FileMode::of(permissions), content: Arc::from(files.read(real).ok()?) })
        }
        Status::Link => {
            let target = files.read_link(real).ok()?;
            Some(FileState { mode: FileMode::Link, content: Arc::from(target.to_string_lossy().as_bytes()) })
        }
        Status::Missing | Status::Directory | Status::Other => None,
    }
}
