//! What the kinds of items have in common: something to offer, and what came of doing it.

use std::path::Path;

use crate::error::ImportError;

/// An item that would change something.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What would happen, for people.
    pub description: String,
    /// The single things behind it, by name; none where the item is one thing.
    pub names: Option<Vec<String>>,
}

/// What came of doing an item.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What was imported: source and target.
    pub done: Vec<(String, String)>,
    /// What was not: the source and why.
    pub failed: Vec<(String, ImportError)>,
}

impl Outcome {
    /// Things that have the same name here as there.
    pub(crate) fn named(names: impl IntoIterator<Item = String>) -> Self {
        Self { done: names.into_iter().map(|name| (name.clone(), name)).collect(), failed: Vec::new() }
    }

    /// One thing from one file to another.
    pub(crate) fn file(source: &Path, target: &Path) -> Self {
        Self { done: vec![(source.display().to_string(), target.display().to_string())], failed: Vec::new() }
    }

    /// Adds one named thing with how it went. What somebody else has made in the meantime is neither.
    pub(crate) fn add(&mut self, name: &str, how: Result<(), ImportError>) {
        match how {
            Ok(()) => self.done.push((name.to_owned(), name.to_owned())),
            Err(ImportError::TargetExists(_)) => {}
            Err(error) => self.failed.push((name.to_owned(), error)),
        }
    }
}
