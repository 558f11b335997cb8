//! Why something could not be found out or imported.

use std::io;
use std::path::{Path, PathBuf};

use codex_config_loader::EditError;

/// Why an item could not be looked at or imported. What was imported before stays.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The home folder of the user is not known.
    #[error("the home directory of the user is not known; set HOME")]
    NoUserHome,
    /// A working directory that is relative.
    #[error("{0:?} is not an absolute path; give the working directory as an absolute path")]
    RelativePath(String),
    /// The system refused to read or write.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was to be read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file, or everything that was to be copied, is too large.
    #[error("{}: larger than {limit} bytes; make it smaller or copy it by hand", path.display())]
    TooLarge {
        /// The file or folder.
        path: PathBuf,
        /// The most bytes it may have.
        limit: u64,
    },
    /// A folder holds too much.
    #[error("{}: more than {limit} entries; take out what is not needed or copy it by hand", path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
        /// The most entries it may have.
        limit: usize,
    },
    /// Folders are nested too deeply.
    #[error("{}: nested more than {limit} folders deep", path.display())]
    TooDeep {
        /// The folder.
        path: PathBuf,
        /// The most folders that may lie in each other.
        limit: usize,
    },
    /// A link in a repository leads somewhere else.
    #[error("{}: a link leads out of {}; put the file itself there", path.display(), root.display())]
    Escapes {
        /// The path with the link in it.
        path: PathBuf,
        /// The root of the repository.
        root: PathBuf,
    },
    /// A file does not hold what it should.
    #[error("{}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The configuration that is to be changed is no TOML; it must be repaired by hand.
    #[error("invalid existing config.toml: {}: line {line}: {message}", path.display())]
    ConfigSyntax {
        /// The file.
        path: PathBuf,
        /// Where it is wrong, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The configuration could not be changed.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Somebody made the target in the meantime.
    #[error("{}: exists already and is left as it is", .0.display())]
    TargetExists(PathBuf),
    /// This kind of thing, or this agent, cannot be imported.
    #[error("{0} cannot be imported by this server: not supported yet")]
    NotSupported(&'static str),
    /// The import of an item ended before it told how it went.
    #[error("the import broke off inside the server; what it did before stays")]
    BrokenOff,
}

impl ImportError {
    /// Something that the system refused.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    /// A file that does not hold what it should.
    pub(crate) fn malformed(path: &Path, message: impl std::fmt::Display) -> Self {
        Self::Malformed { path: path.to_owned(), message: message.to_string() }
    }

    /// The class of the error, as clients know it.
    #[must_use]
    pub fn error_type(&self) -> &'static str {
        match self {
            Self::ConfigSyntax { .. } | Self::Edit(EditError::Syntax(_)) => "invalid_existing_config",
            _ => "external_agent_config_import_error",
        }
    }

    /// The finer class of the error, where there is one.
    #[must_use]
    pub fn sub_error_type(&self) -> Option<&'static str> {
        matches!(self, Self::NotSupported(_)).then_some("not_supported")
    }
}

/// Why the history of imports cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The system refused to read, lock or write it.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or its folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is not a history.
    #[error("{}: not a history of imports ({source}); move the file away to begin a new one", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// One import is larger than the whole history may be.
    #[error("the import has {size} bytes, more than the {limit} of the whole history; record fewer details")]
    TooLarge {
        /// Bytes of the import.
        size: usize,
        /// Bytes that the history may have.
        limit: usize,
    },
}
