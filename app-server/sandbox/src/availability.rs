//! What a host offers for sandboxes.

use std::fmt;

/// A part of an operating system that sandboxes are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Linux: a user may make namespaces of users, mounts and processes of their own, and mount `/proc` in them.
    UserNamespaces,
    /// Linux: filters of system calls.
    Seccomp,
    /// Linux: Landlock, in a version that knows everything its backend needs.
    Landlock,
    /// Linux: the program `bwrap`, able to make a sandbox on this host.
    Bubblewrap,
    /// macOS: the program `sandbox-exec`.
    Seatbelt,
    /// Windows: processes with a restricted token.
    RestrictedToken,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::UserNamespaces => "user namespaces",
            Self::Seccomp => "seccomp",
            Self::Landlock => "Landlock",
            Self::Bubblewrap => "bubblewrap",
            Self::Seatbelt => "sandbox-exec",
            Self::RestrictedToken => "restricted tokens",
        })
    }
}

/// A way to make a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backend {
    /// Linux: namespaces that our own helper sets up. Keeps every promise; the fastest.
    Namespaces,
    /// Linux: the same, set up by `bwrap`, for hosts that let only that program make namespaces.
    Bubblewrap,
    /// Linux: Landlock alone, for hosts without namespaces. It can make nothing read-only inside a writable root and hide
    /// nothing, so it serves for reading only.
    Landlock,
    /// macOS: `sandbox-exec`.
    Seatbelt,
    /// Windows: a restricted token.
    RestrictedToken,
}

impl Backend {
    /// What the backend is made of.
    pub fn needs(self) -> &'static [Part] {
        match self {
            Self::Namespaces => &[Part::UserNamespaces, Part::Seccomp],
            Self::Bubblewrap => &[Part::Bubblewrap, Part::Seccomp],
            Self::Landlock => &[Part::Landlock, Part::Seccomp],
            Self::Seatbelt => &[Part::Seatbelt],
            Self::RestrictedToken => &[Part::RestrictedToken],
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Namespaces => "namespaces",
            Self::Bubblewrap => "bubblewrap",
            Self::Landlock => "landlock",
            Self::Seatbelt => "seatbelt",
            Self::RestrictedToken => "restricted token",
        })
    }
}

/// A part that a host lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The part.
    pub part: Part,
    /// How that shows; a fragment of a sentence.
    pub reason: String,
}

/// What a host offers for sandboxes, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Availability {
    /// The parts that work here.
    pub parts: Vec<Part>,
    /// The parts that do not, with the reason of each.
    pub missing: Vec<Missing>,
}

impl Availability {
    /// Whether the host has all that a backend is made of.
    pub fn has(&self, backend: Backend) -> bool {
        backend.needs().iter().all(|part| self.parts.contains(part))
    }
}
