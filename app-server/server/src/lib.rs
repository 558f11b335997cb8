//! The codex app-server: connections in front, the engine behind, one dispatch between them.
//!
//! What lives here: the command line ([`cli`]), the shared state of a process ([`app`]), connections and their sessions
//! ([`connections`]), the path of a request ([`dispatch`], [`order`], [`reply`]), what can be seen of it (`observe`), the
//! handlers of each domain (`services`), and the server as a part of another program ([`embed`]). What must hold: every
//! line that parses as a request gets exactly one answer; nothing a client sends
//! can end the process or another client's work; methods are listed by the protocol crate alone.
#![forbid(unsafe_code)]

pub mod app;
mod auth;
pub mod cli;
mod cloud;
pub mod connections;
mod dispatch;
pub mod embed;
mod identity;
mod imports;
pub mod in_process;
mod memory;
mod observe;
mod order;
mod platform;
mod reply;
mod services;
pub mod shutdown;
mod strict;
