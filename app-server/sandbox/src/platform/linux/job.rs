//! What the server hands to its helper.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::command::Attachment;
use crate::platform::resolve::Rules;

/// How the command is confined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confinement {
    /// Not at all.
    None,
    /// By namespaces that the helper makes.
    Namespaces,
    /// By namespaces that `bwrap` makes.
    Bubblewrap {
        /// Where it is.
        program: PathBuf,
    },
    /// By Landlock alone.
    Landlock,
}

/// What the helper is to do, beside the command itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// How the command is confined.
    pub confinement: Confinement,
    /// What it may read and write.
    pub rules: Rules,
    /// Whether it may use the network.
    pub network: bool,
    /// Whether it stays in the session and process group of the caller.
    pub shared: bool,
    /// The process whose end is the command's end too.
    pub server: i32,
}

impl Job {
    /// A job for a helper of this process.
    pub fn new(confinement: Confinement, rules: Rules, network: bool, attachment: Attachment) -> Self {
        let server = std::process::id().cast_signed();
        Self { confinement, rules, network, shared: attachment == Attachment::Shared, server }
    }
}
