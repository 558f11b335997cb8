//! Taking over what another coding agent left on this machine: settings, MCP servers, hooks, skills, commands, roles for
//! sub-agents and instructions.
//!
//! [`Importer::detect`] looks and changes nothing; [`Importer::import`] does one of the items it found. Both make the same
//! plan from the files as they are at that moment, so an item is offered only while it would change something, and doing it
//! twice does nothing the second time. A value or file that exists here is never replaced. [`ImportLog`] remembers imports.
//! Everything here waits for the disk. Errors name files and say what is wrong in them, never what stands in them.
#![forbid(unsafe_code)]

mod commands;
mod error;
mod files;
mod front_matter;
mod history;
mod hooks;
mod importer;
mod instructions;
mod mcp;
mod plan;
mod platform;
mod scope;
mod settings;
mod shell_words;
mod skills;
mod subagents;
mod toml_tables;
mod user_config;
mod wording;

pub use error::{HistoryError, ImportError};
pub use history::{ImportLog, MAX_IMPORTS, MAX_LOG_BYTES};
pub use importer::{DetectRequest, Importer, failed, totals};
