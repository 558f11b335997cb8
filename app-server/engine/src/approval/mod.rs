//! Who may do what without being asked: the one place that decides about commands and patches of the model.
//!
//! Deciding is a pure function of the approval policy, the confinement and the rules; asking and remembering stand beside
//! it.

mod decide;
mod permissions;
mod remembered;

pub(crate) use decide::{CommandRequest, PatchRequest, Place, Refusal, Ruling, on_command, on_patch, retries_free};
pub(crate) use permissions::{Grants, Permissions, Wish};
pub(crate) use remembered::{CommandKey, Remembered};
