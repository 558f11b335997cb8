//! What an answer was made from, so that it can be given again while nothing of that changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cloud::{CloudContent, CloudSlot};
use crate::error::ConfigError;

use super::files::{FileCache, SourceFile};

/// One look at the file system or the managed configuration, and what was seen.
pub(crate) enum Dependency {
    /// A file was read.
    File(PathBuf, Option<Arc<SourceFile>>),
    /// Something was looked for.
    Existence(PathBuf, bool),
    /// A folder was looked for.
    Folder(PathBuf, bool),
    /// Links were followed.
    Canonical(PathBuf, Option<PathBuf>),
    /// The managed configuration was used, after so many swaps.
    Cloud(Arc<CloudSlot>, u64),
}

impl Dependency {
    /// Whether a second look shows the same.
    pub fn holds(&self, files: &FileCache) -> bool {
        match self {
            Self::File(path, before) => match (files.read(path), before) {
                (Ok(Some(now)), Some(before)) => Arc::ptr_eq(&now, before),
                (Ok(None), None) => true,
                _ => false,
            },
            Self::Existence(path, before) => path.exists() == *before,
            Self::Folder(path, before) => path.is_dir() == *before,
            Self::Canonical(path, before) => path.canonicalize().ok() == *before,
            Self::Cloud(slot, before) => slot.generation() == *before,
        }
    }
}

/// Looks and takes notes. What was looked at before is not looked at again.
pub(crate) struct Dependencies<'a> {
    files: &'a FileCache,
    seen: Vec<Dependency>,
}

impl<'a> Dependencies<'a> {
    /// Begins with nothing seen.
    pub fn new(files: &'a FileCache) -> Self {
        Self { files, seen: Vec::new() }
    }

    /// Reads a file; none when it is missing.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read. Nothing is noted then: errors are not kept.
    pub fn read(&mut self, path: &Path) -> Result<Option<Arc<SourceFile>>, ConfigError> {
        let file = self.files.read(path)?;
        self.seen.push(Dependency::File(path.to_owned(), file.clone()));
        Ok(file)
    }

    /// Whether there is something at a path.
    pub fn exists(&mut self, path: &Path) -> bool {
        for seen in &self.seen {
            if let Dependency::Existence(known, exists) = seen
                && known == path
            {
                return *exists;
            }
        }
        let exists = path.exists();
        self.seen.push(Dependency::Existence(path.to_owned(), exists));
        exists
    }

    /// Whether there is a folder at a path.
    pub fn is_dir(&mut self, path: &Path) -> bool {
        let is_dir = path.is_dir();
        self.seen.push(Dependency::Folder(path.to_owned(), is_dir));
        is_dir
    }

    /// The path without links; none when it is missing.
    pub fn canonical(&mut self, path: &Path) -> Option<PathBuf> {
        for seen in &self.seen {
            if let Dependency::Canonical(known, canonical) = seen
                && known == path
            {
                return canonical.clone();
            }
        }
        let canonical = path.canonicalize().ok();
        self.seen.push(Dependency::Canonical(path.to_owned(), canonical.clone()));
        canonical
    }

    /// The managed configuration of the workspace.
    pub fn cloud(&mut self, slot: &Arc<CloudSlot>) -> CloudContent {
        let (content, generation) = slot.get();
        self.seen.push(Dependency::Cloud(Arc::clone(slot), generation));
        content
    }

    /// What was seen.
    pub fn into_seen(self) -> Vec<Dependency> {
        self.seen
    }
}
