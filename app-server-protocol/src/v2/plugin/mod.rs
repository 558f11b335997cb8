//! Plugins: marketplaces, what they offer, what is installed, and sharing one's own.

pub mod detail;
pub mod install;
pub mod list;
pub mod marketplace;
pub mod share;
