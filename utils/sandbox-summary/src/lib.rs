//! A sandbox and a configuration in the few words that a person reads before a conversation begins.
//!
//! [`summarize_sandbox`] makes one line of what commands may touch, [`ConfigSummary`] the pairs of a header. The policy
//! is a small type of this crate that borrows: whoever has a policy of another kind says here what it means.
//!
//! ```
//! use std::path::Path;
//! use codex_utils_sandbox_summary::{SandboxPolicy, Surroundings, WritableRoot, summarize_sandbox};
//!
//! let here = Surroundings { cwd: Path::new("/home/user/project"), tmpdir: None };
//! let writable_roots = [WritableRoot::WorkingFolder, WritableRoot::Path(Path::new("/data"))];
//! let policy = SandboxPolicy::WorkspaceWrite { writable_roots: &writable_roots, network_access: true };
//! assert_eq!(summarize_sandbox(&policy, &here), "workspace-write [workdir, /data] (network access enabled)");
//! ```
#![forbid(unsafe_code)]

mod config_summary;
mod sandbox;

pub use config_summary::{ConfigSummary, ReasoningSummary};
pub use sandbox::{SandboxPolicy, Surroundings, WritableRoot, summarize_sandbox};
