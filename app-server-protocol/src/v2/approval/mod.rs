//! Questions of the server that decide whether something is done: commands, changes of files, permissions.
//!
//! A request goes to all subscribers of its thread under one id, has no time limit, and survives its connection; the first
//! answer counts.

pub mod command;
pub mod file_change;
pub mod guardian;
pub mod permissions;
