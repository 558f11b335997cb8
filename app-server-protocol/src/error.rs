//! Errors on the wire: one table of kinds, each with its JSON-RPC code, a stable string and whether a retry can help.
//!
//! Messages follow the reference, because clients search them; programs branch on `data.code` instead.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

macro_rules! error_kinds {
    ($($(#[doc = $doc:literal])+ $Name:ident = $code:literal, $text:literal, retryable: $retry:literal;)+) => {
        /// What went wrong, as a program can branch on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $Name,)+
        }

        impl ErrorKind {
            /// Every kind, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// The numeric JSON-RPC code.
            #[must_use]
            pub fn rpc_code(self) -> i64 {
                match self { $(Self::$Name => $code,)+ }
            }

            /// The stable string in `data.code`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$Name => $text,)+ }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub fn retryable(self) -> bool {
                match self { $(Self::$Name => $retry,)+ }
            }

            /// What it means, one entry per line.
            #[must_use]
            pub fn docs(self) -> &'static [&'static str] {
                match self { $(Self::$Name => &[$($doc),+],)+ }
            }
        }
    };
}

error_kinds! {
    /// The params do not fit the method, or a value in them is refused.
    InvalidRequest = -32600, "invalidRequest", retryable: false;
    /// The connection has not been initialized.
    NotInitialized = -32600, "notInitialized", retryable: false;
    /// The connection has been initialized before.
    AlreadyInitialized = -32600, "alreadyInitialized", retryable: false;
    /// The method does not exist.
    UnknownMethod = -32600, "unknownMethod", retryable: false;
    /// The method, field or value is experimental and the connection did not ask for `experimentalApi`.
    ExperimentalRequired = -32600, "experimentalRequired", retryable: false;
    /// The method belongs to an extension that the connection did not ask for: `subject` names it.
    ExtensionRequired = -32600, "extensionRequired", retryable: false;
    /// The method is known but this server does not answer it yet.
    NotSupported = -32601, "notSupported", retryable: false;
    /// An id that is no id.
    InvalidThreadId = -32600, "invalidThreadId", retryable: false;
    /// No thread with this id is loaded, or none exists.
    ThreadNotFound = -32600, "threadNotFound", retryable: false;
    /// The thread has no file to read.
    RolloutNotFound = -32600, "rolloutNotFound", retryable: false;
    /// Another process writes this thread.
    ThreadLocked = -32600, "threadLocked", retryable: true;
    /// The configuration cannot be loaded.
    ConfigInvalid = -32600, "configInvalid", retryable: false;
    /// No turn runs, or another one than the request names.
    TurnMismatch = -32600, "turnMismatch", retryable: false;
    /// The page cursor was not made by this server.
    InvalidCursor = -32600, "invalidCursor", retryable: false;
    /// The params exclude each other, one is out of range, or one is gone from the protocol; only of methods that tell
    /// this apart from `invalidRequest`.
    InvalidParams = -32602, "invalidParams", retryable: false;
    /// The thread is archived; unarchive it first.
    ThreadArchived = -32600, "threadArchived", retryable: false;
    /// The thread cannot be deleted while the history of a fork refers to it or threads are attached to it.
    ThreadReferenced = -32600, "threadReferenced", retryable: false;
    /// The thread is kept in memory only, and the method needs a stored one.
    EphemeralThread = -32600, "ephemeralThread", retryable: false;
    /// The thread has history of the legacy kind, and the method needs paginated history.
    HistoryNotPaginated = -32600, "historyNotPaginated", retryable: false;
    /// The thread has no turn with this id.
    TurnNotFound = -32600, "turnNotFound", retryable: false;
    /// The turn that runs, such as a compaction, takes no input; wait for its end.
    TurnNotSteerable = -32600, "turnNotSteerable", retryable: true;
    /// What is to be changed was changed by someone else since it was read; read it again and decide anew.
    VersionConflict = -32600, "versionConflict", retryable: false;
    /// The value cannot be written: it is not in the file of the user, or the requirements of an administrator fix
    /// it.
    ConfigReadonly = -32600, "configReadonly", retryable: false;
    /// The key path or the value does not make a valid configuration; nothing was written.
    ConfigValueInvalid = -32600, "configValueInvalid", retryable: false;
    /// The method needs a ChatGPT login, and there is none, or a login of another kind.
    NotSignedIn = -32600, "notSignedIn", retryable: false;
    /// This kind of login or this workspace is ruled out: by the configuration, by tokens that a client supplies,
    /// or by the login server.
    LoginNotAllowed = -32600, "loginNotAllowed", retryable: false;
    /// The configuration, an administrator or a marketplace rules this out, or it has to be turned on first.
    Disabled = -32600, "disabled", retryable: false;
    /// There is nothing of this name or id: `subject` names the project, section, plugin, MCP server, environment
    /// or whatever it is. A call of a tool of an unknown MCP server has code -32603.
    NotFound = -32600, "notFound", retryable: false;
    /// The id that the client chose is in use on this connection.
    DuplicateId = -32600, "duplicateId", retryable: false;
    /// No process runs under this id on this connection, or it has ended.
    ProcessNotFound = -32600, "processNotFound", retryable: false;
    /// The program could not be started; the message has the reason of the system.
    SpawnFailed = -32603, "spawnFailed", retryable: false;
    /// Files or the key store could not be read or written; the message has the reason of the system.
    IoFailed = -32603, "ioFailed", retryable: false;
    /// An MCP server did not start, took too long or answered with an error; a numeric code of its own is passed
    /// on.
    McpServerFailed = -32603, "mcpServerFailed", retryable: false;
    /// A service that the server asks, such as the ChatGPT backend or an exec-server, failed or took too long.
    ServiceUnavailable = -32603, "serviceUnavailable", retryable: true;
    /// Too many requests are unanswered on this connection.
    Overloaded = -32001, "serverOverloaded", retryable: true;
    /// The key came with other params before: use a new one.
    IdempotencyKeyReused = -32600, "idempotencyKeyReused", retryable: false;
    /// The line is no message, or has a field that nothing reads; `subject` is the place in it. Only told in strict mode.
    Unread = -32600, "unread", retryable: false;
    /// The server is about to end.
    ShuttingDown = -32001, "shuttingDown", retryable: true;
    /// A fault of the server or its machine.
    Internal = -32603, "internalError", retryable: false;
}

impl ErrorKind {
    /// The kinds that any request may be answered with, whatever its method.
    #[must_use]
    pub fn of_every_request() -> &'static [Self] {
        &[
            Self::InvalidRequest,
            Self::NotInitialized,
            Self::ExperimentalRequired,
            Self::NotSupported,
            Self::Overloaded,
            Self::ShuttingDown,
            Self::Internal,
        ]
    }
}

/// What we add to the `data` of the reference.
const OWN_DATA: [&str; 3] = ["code", "retryable", "subject"];

/// An error answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct RpcError {
    /// The JSON-RPC code, see [`ErrorKind::rpc_code`].
    pub code: i64,
    /// More for programs: at least `code`, `retryable` and, where there is one, `subject`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// What was wrong, for people.
    pub message: String,
}

impl RpcError {
    /// An error of this kind, with the text that people read.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let mut data = Map::new();
        data.insert("code".to_owned(), kind.code().into());
        data.insert("retryable".to_owned(), kind.retryable().into());
        Self { code: kind.rpc_code(), data: Some(Value::Object(data)), message: message.into() }
    }

    /// Names the id or path that the error is about.
    #[must_use]
    pub fn subject(self, subject: impl Into<String>) -> Self {
        self.with("subject", Value::String(subject.into()))
    }

    /// Adds a field to `data`.
    #[must_use]
    pub fn with(mut self, key: &str, value: Value) -> Self {
        if let Some(Value::Object(data)) = &mut self.data {
            data.insert(key.to_owned(), value);
        }
        self
    }

    /// Params that do not fit the method; `complaint` is the decoder's.
    #[must_use]
    pub fn invalid_params(complaint: &str) -> Self {
        Self::new(ErrorKind::InvalidRequest, format!("Invalid request: {complaint}"))
    }

    /// A method that is planned.
    #[must_use]
    pub fn not_supported(method: &str) -> Self {
        Self::new(ErrorKind::NotSupported, format!("{method} is not supported yet")).subject(method)
    }

    /// A fault of the server.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, message)
    }

    /// Only what the reference has in `data`.
    #[must_use]
    pub fn without_own_data(mut self) -> Self {
        if let Some(Value::Object(data)) = &mut self.data {
            data.retain(|key, _| !OWN_DATA.contains(&key.as_str()));
            if data.is_empty() {
                self.data = None;
            }
        }
        self
    }

    /// The stable string in `data.code`, when there is one.
    #[must_use]
    pub fn stable_code(&self) -> Option<&str> {
        self.data.as_ref()?.get("code")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_stand_in_the_order_of_the_wire() {
        let error = RpcError::new(ErrorKind::ThreadNotFound, "thread not found: x").subject("x");
        assert_eq!(
            serde_json::to_string(&error).unwrap(),
            r#"{"code":-32600,"data":{"code":"threadNotFound","retryable":false,"subject":"x"},"message":"thread not found: x"}"#
        );
    }

    #[test]
    fn stable_codes_are_unique() {
        let mut codes: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
    }
}
