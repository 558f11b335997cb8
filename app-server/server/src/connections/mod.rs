//! Connections: the loop that reads one, its session, and the registry of all that are open.

mod extensions;
mod in_flight;
mod registry;
mod serve;
mod session;

pub(crate) use registry::Connections;
pub(crate) use serve::Registered;
pub use serve::serve;
pub(crate) use session::{Client, Session};
