//! The Responses API: one POST a step, answered by server-sent events.

mod body;
mod decode;
mod item;

pub(crate) use body::{SCHEMA_NAME, body, identity_headers};
pub(crate) use decode::Decoder;
pub(crate) use item::decode_item;

/// The path below a provider's base URL.
pub(crate) const PATH: &str = "responses";
