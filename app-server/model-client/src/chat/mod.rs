//! Chat completions, the API of local model servers: the same request in its terms, its deltas as our events.

mod body;
mod decode;
mod messages;
mod tools;

pub(crate) use body::body;
pub(crate) use decode::Decoder;
pub(crate) use tools::ToolNames;

/// The path below a provider's base URL.
pub(crate) const PATH: &str = "chat/completions";
