//! The Responses API: one POST a step, answered by server-sent events.

mod body;
mod decode;
mod item;
#[cfg(test)]
mod tests;

pub(crate) use body::{body, identity_headers};
pub(crate) use decode::Decoder;
pub(crate) use item::decode_item;

/// The path below a provider's base URL.
pub(crate) const PATH: &str = "responses";
