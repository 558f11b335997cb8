//! The wire of the codex app-server as Rust types, every method declared once.
//!
//! What lives here: the envelope ([`envelope`], [`jsonrpc`]), the four method tables ([`ClientRequest`], [`ServerRequest`],
//! [`ServerNotification`], [`ClientNotification`]), the types they carry ([`v1`], [`v2`]), errors with stable codes
//! ([`error`]), and the exporter that turns the tables into JSON Schema and TypeScript ([`export`]).
//!
//! What must hold: no I/O but the exporter's files, no async, no runtime; nothing outside this crate lists methods, and
//! the same declaration serves the server, the typed client and the schemas.
#![forbid(unsafe_code)]

mod client_notifications;
mod client_requests;
mod declare;
pub mod envelope;
pub mod error;
mod event;
pub mod experimental;
pub mod export;
pub mod ext;
pub mod fuzzy_file_search;
pub mod jsonrpc;
mod method;
pub mod retired;
mod scalars;
mod serde_forms;
mod server_notifications;
mod server_requests;
mod text_rules;
mod turn_of;
pub mod v1;
pub mod v2;

pub use client_notifications::ClientNotification;
pub use client_requests::{ClientRequest, HandleClientRequests, methods};
pub use error::{ErrorKind, RpcError};
pub use event::{DeltaKey, Event};
pub use ext::Extension;
pub use method::{
    Access, ClientMethod, DecodeError, Direction, EachNotification, EachRequest, Handle, MethodRow, NoParams,
    Notification, Refuse, Request, Schemas, Scope, ScopeKey, Stability, decode_params,
};
pub use scalars::{
    AbsolutePathBuf, AgentPath, LegacyAppPathString, PathText, PathUri, ReasoningEffort, RequestId, ThreadId,
    ThreadSource,
};
pub(crate) use serde_forms::{default_true, double_option, is_default};
pub use server_notifications::{ServerNotification, notifications};
pub use server_requests::{ServerRequest, server_methods};
pub(crate) use text_rules::{environment_path, never_null, path_text, uuid_text};

/// The version of the reference whose wire this crate speaks.
///
/// It stands in `userAgent`, in the model's user agent, in `cli_version` of rollouts and in the first line of
/// `--version`: clients compare it with the versions they need.
pub const WIRE_VERSION: &str = "0.169.0";

/// The version of the wire that this crate spoke first: what was there then has no older history to tell.
pub const BASELINE_VERSION: &str = "0.169.0";
