//! Why a command cannot be put into a sandbox.

use std::io;
use std::path::PathBuf;

use crate::availability::{Availability, Backend};

/// Why a command cannot be put into a sandbox.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// A path of the rules is not absolute.
    #[error("the sandbox needs absolute paths, and {} is not one", .0.display())]
    RelativePath(PathBuf),
    /// A path or name of the rules is not UTF-8 text.
    #[error("the sandbox cannot handle {}: it is not UTF-8 text", .0.display())]
    NotText(PathBuf),
    /// A protected name is not the name of a directory entry.
    #[error("{0:?} cannot be a protected name: it must be a single name without slashes")]
    NotAName(String),
    /// A path of the rules cannot be looked at.
    #[error("cannot look at {} for the sandbox: {source}", .path.display())]
    Inspect {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A path of the rules leads over a symbolic link that a command in the sandbox can replace.
    #[error(
        "{} cannot be a rule of the sandbox: it leads over the symbolic link {}, which lies in the writable root {} \
         where a command can change it; name its target instead",
        .path.display(), .link.display(), .root.display()
    )]
    WritableLink {
        /// The path of the rule.
        path: PathBuf,
        /// The link on the way to it.
        link: PathBuf,
        /// The writable root in which the link lies.
        root: PathBuf,
    },
    /// A protected name is a symbolic link, which cannot be kept from being replaced.
    #[error(
        "{} must stay read-only in the sandbox, and it is a symbolic link that a command could replace; put the real \
         file or folder in its place, or leave the folder around it out of the writable roots",
        .0.display()
    )]
    ProtectedLink(PathBuf),
    /// The whole file system is denied.
    #[error("the sandbox cannot deny {}: at least what programs need to start must be readable", .0.display())]
    DeniesEverything(PathBuf),
    /// No backend of this host keeps all that the rules promise.
    #[error("this host cannot keep the rules of the sandbox, so the command is not run: {}", reasons(.0))]
    Unkept(Vec<Refusal>),
    /// Nothing is known yet that could confine commands on this operating system.
    #[error("commands cannot be confined on this system: {0}; only full access or an external sandbox is possible")]
    Unsupported(String),
    /// The rules and the command are too long to be handed to the helper.
    #[error("the sandbox's rules take {length} bytes, and no more than {limit} can be handed over; name fewer paths")]
    TooLong {
        /// Their length in bytes.
        length: usize,
        /// The largest possible length in bytes.
        limit: usize,
    },
}

/// Why one backend does not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The backend.
    pub backend: Backend,
    /// What it lacks, or what it cannot promise; a fragment of a sentence.
    pub reason: String,
}

impl Refusal {
    /// Everything that `availability` says about what a backend lacks.
    pub(crate) fn of_host(backend: Backend, availability: &Availability) -> Option<Self> {
        let reasons: Vec<String> = availability
            .missing
            .iter()
            .filter(|missing| backend.needs().contains(&missing.part))
            .map(|missing| format!("{} ({})", missing.part, missing.reason))
            .collect();
        (!reasons.is_empty()).then(|| Self { backend, reason: format!("the host lacks {}", reasons.join(", ")) })
    }
}

fn reasons(refusals: &[Refusal]) -> String {
    let each: Vec<String> = refusals.iter().map(|refusal| format!("{}: {}", refusal.backend, refusal.reason)).collect();
    each.join("; ")
}
