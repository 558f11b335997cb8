//! The bundle in use: swapped as a whole while the configuration is being loaded elsewhere.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::bundle::{CloudBundle, CloudFragment};
use crate::layers::SourceFile;

/// Holds the bundle in use.
#[derive(Default)]
pub(crate) struct CloudSlot {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Grows with every swap.
    generation: u64,
    content: CloudContent,
}

/// What is in use.
#[derive(Clone, Default)]
pub(crate) enum CloudContent {
    /// Nothing: the login brings no managed configuration, or an empty one.
    #[default]
    None,
    /// A bundle, and its fragments of configuration as sources, in the same order.
    Bundle(Arc<CloudBundle>, Arc<[Arc<SourceFile>]>),
    /// There must be a bundle and there is none; why.
    Failed(Arc<str>),
}

impl CloudContent {
    /// The bundle's fragments of configuration, lowest first.
    pub fn config(&self) -> impl Iterator<Item = (&CloudFragment, &Arc<SourceFile>)> {
        let pairs = match self {
            Self::Bundle(bundle, sources) => Some(bundle.config.iter().zip(sources.iter()).rev()),
            Self::None | Self::Failed(_) => None,
        };
        pairs.into_iter().flatten()
    }

    /// The bundle's fragments of requirements, lowest first.
    pub fn requirements(&self) -> impl Iterator<Item = &CloudFragment> {
        let fragments = match self {
            Self::Bundle(bundle, _) => Some(bundle.requirements.iter().rev()),
            Self::None | Self::Failed(_) => None,
        };
        fragments.into_iter().flatten()
    }
}

impl CloudSlot {
    /// Puts a bundle in use, or none.
    pub fn set_bundle(&self, bundle: Option<Arc<CloudBundle>>) {
        let content = bundle.filter(|bundle| !bundle.is_empty()).map_or(CloudContent::None, |bundle| {
            let sources = bundle
                .config
                .iter()
                .map(|fragment| Arc::new(SourceFile::new(&fragment.shown_path(), fragment.contents.clone())));
            CloudContent::Bundle(Arc::clone(&bundle), sources.collect())
        });
        self.swap(content);
    }

    /// From now on there is no bundle although there must be one.
    pub fn set_failure(&self, reason: &str) {
        self.swap(CloudContent::Failed(reason.into()));
    }

    /// What is in use, and the number of its swap.
    pub fn get(&self) -> (CloudContent, u64) {
        let state = self.lock();
        (state.content.clone(), state.generation)
    }

    /// The number of the last swap.
    pub fn generation(&self) -> u64 {
        self.lock().generation
    }

    fn swap(&self, content: CloudContent) {
        let mut state = self.lock();
        state.generation += 1;
        state.content = content;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
