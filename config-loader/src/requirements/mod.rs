//! Requirements: what an administrator demands of the configuration.
//!
//! Sources are read and composed into one [`Requirements`]. It is used in three ways: exact values replace what is
//! configured and refuse writes ([`exact`]), lists of allowed values bend what a thread gets ([`bounds`]), and all of it is
//! shown to clients ([`view`]). Nothing here asks a network.

mod bounds;
mod browser;
mod check;
mod compose;
mod exact;
mod extensions;
mod features;
mod hooks;
mod keys;
mod network;
mod otel;
mod rules;
mod sources;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::keys::{LoginMethod, PermissionProfileToml};
use crate::warnings::ConfigWarning;

pub use bounds::{Bent, Bounds, NotAllowed};
pub use exact::PinnedBy;
pub(crate) use keys::RequirementsToml;
pub use keys::Residency;
pub(crate) use sources::{RequirementSources, read};
pub(crate) use view::allowed_login_methods;

use exact::Pin;

/// Where a requirement comes from when nothing more precise is known.
const UNKNOWN_SOURCE: &str = "the requirements";

/// What an administrator demands, composed from all sources.
#[derive(Default)]
pub struct Requirements {
    toml: RequirementsToml,
    /// Exact values, in the order in which they are looked up.
    pins: Vec<Pin>,
    /// Known features by current name, and whether they must be on.
    features: BTreeMap<&'static str, bool>,
    /// The highest source of each top-level key.
    sources: BTreeMap<String, String>,
    /// What is odd about the requirements themselves.
    warnings: Vec<ConfigWarning>,
    /// Source and dotted key of what nothing knows.
    unknown: Vec<(String, String)>,
}

impl std::fmt::Debug for Requirements {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Values may be credentials.
        formatter.debug_struct("Requirements").field("keys", &self.sources.keys()).finish_non_exhaustive()
    }
}

impl Requirements {
    /// The source of a top-level key.
    fn source_of(&self, key: &str) -> &str {
        self.sources.get(key).map_or(UNKNOWN_SOURCE, String::as_str)
    }

    /// What is odd about the requirements themselves.
    pub(crate) fn warnings(&self) -> &[ConfigWarning] {
        &self.warnings
    }

    /// Source and dotted key of what nothing knows.
    pub(crate) fn unknown(&self) -> &[(String, String)] {
        &self.unknown
    }

    /// Where data must stay.
    pub fn residency(&self) -> Option<Residency> {
        self.toml.enforce_residency
    }

    /// Text that each thread's model is told besides the configured one; never blank.
    pub(crate) fn developer_instructions(&self) -> Option<&str> {
        self.toml.additional_developer_instructions.as_deref().filter(|text| !text.trim().is_empty())
    }

    /// Whether a permission profile may be chosen.
    pub(crate) fn allows_profile(&self, id: &str) -> bool {
        self.toml.allowed_permission_profiles.as_ref().is_none_or(|profiles| profiles.get(id) == Some(&true))
    }

    /// Profiles that the administrator defines, by id.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = (&String, &PermissionProfileToml)> {
        self.toml.permissions.iter().flat_map(|permissions| &permissions.profiles)
    }
}

/// The requirements for one state of all files, and the answer of configRequirements/read.
pub struct RequirementsRead {
    /// The requirements.
    pub requirements: Arc<Requirements>,
    /// Logins that remain after all restrictions, those of the configuration included.
    pub login_methods: Vec<LoginMethod>,
    /// The answer as JSON text.
    pub json: Box<str>,
}

impl std::fmt::Debug for RequirementsRead {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("RequirementsRead").field("requirements", &self.requirements).finish_non_exhaustive()
    }
}
