//! The managed configuration of a workspace: fetched from the backend, checked, kept for an hour, renewed in the
//! background.
//!
//! Who is signed in and how the backend is asked comes from outside ([`CloudAccount`], [`CloudSource`]); nothing here knows
//! HTTP or credentials. It fails closed: for a login whose plan brings managed configuration there is a bundle, an empty one,
//! or an error, never silence.

mod bundle;
mod cache;
mod loader;
mod slot;
mod source;

pub use bundle::{CloudBundle, CloudBundleError, CloudFragment};
pub use loader::{CloudError, CloudLoader, CloudOptions};
pub use source::{CloudAccount, CloudAnswer, CloudIdentity, CloudSource, TokenRefreshError};

pub(crate) use slot::{CloudContent, CloudSlot};
