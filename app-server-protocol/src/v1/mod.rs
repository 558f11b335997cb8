//! What is left of version 1: the handshake, the approvals of old clients, and three methods that are answered but in no
//! export.

pub mod approvals;
pub mod handshake;
pub mod legacy;

#[doc(no_inline)]
pub use self::{approvals::*, handshake::*, legacy::*};
