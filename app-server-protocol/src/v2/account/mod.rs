//! Accounts: who is signed in, logins of every kind, what may be used and how much of it is.
//!
//! No type here carries a token or key unless its field says so; such fields are secrets and never logged.

pub mod gateway;
pub mod login;
pub mod notices;
pub mod provider_setup;
pub mod sessions;
pub mod state;
pub mod usage;
pub mod user_verification;
