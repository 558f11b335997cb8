//! Patches as models write them: parsed, checked as a whole, applied, and told as diffs.
//!
//! [`parse`] reads a patch, [`verify`] finds what it would do without writing anything, [`Plan::apply`] does it. [`run_tool`] is the
//! command apply_patch, which works hunk by hunk. [`TurnDiff`] collects what several patches did to a tree and tells it
//! as git would. Files are reached through [`FileSystem`] alone, so that a plan can be made and applied elsewhere.
#![forbid(unsafe_code)]

mod apply;
mod diff;
mod files;
mod groups;
mod parse;
mod paths;
mod plan;
mod platform;
mod shortest;
mod text;
mod tool;
mod turn_diff;

pub use apply::{Applied, ApplyError, ApplyProblem, Effect, FileMode, FileState};
pub use diff::unified_hunks;
pub use files::{FileReader, FileSystem, LocalFiles, Status};
pub use parse::{Chunk, ChunkLine, FrameProblem, Hunk, HunkProblem, ParseError, Patch, parse, parse_heredoc_body};
pub use plan::{Affected, ChangeKind, FileChange, FileProblem, Plan, ReadProblem, VerifyError, verify};
pub use tool::{run_tool, tool_output};
pub use turn_diff::TurnDiff;
