//! What is known of models: slugs, windows, efforts, capabilities.
//!
//! The built-in catalogue is `models.json` beside this file; its names and descriptions are our words, the rest are
//! facts. A catalogue of the user's own (`model_catalog_json`) has the same shape, which is the reference's.

mod model;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

pub use model::{
    ModelInfo, ModelUpgrade, ReasoningEffortInfo, ServiceTierInfo, ToolMode, TruncationMode, TruncationPolicy,
    Visibility,
};

/// The models that can be offered, the first choice first.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    models: Vec<ModelInfo>,
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// The file cannot be read.
    #[error("the model catalogue {} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The JSON is not a catalogue.
    #[error("{}line {line}, column {column}: {message}", place(path.as_deref()))]
    Parse {
        /// The file, when it is one.
        path: Option<PathBuf>,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// Nothing to choose from.
    #[error("{}the model catalogue holds no models", place(path.as_deref()))]
    Empty {
        /// The file, when it is one.
        path: Option<PathBuf>,
    },
}

fn place(path: Option<&Path>) -> String {
    path.map(|path| format!("{}: ", path.display())).unwrap_or_default()
}

#[derive(Deserialize)]
struct File {
    models: Vec<ModelInfo>,
}

impl Catalog {
    /// The built-in catalogue; read on first use.
    pub fn builtin() -> Arc<Catalog> {
        static BUILTIN: OnceLock<Arc<Catalog>> = OnceLock::new();
        Arc::clone(BUILTIN.get_or_init(|| {
            // A test reads the file, so the fallback is never taken.
            Arc::new(Self::load(include_str!("models.json")).unwrap_or(Catalog { models: Vec::new() }))
        }))
    }

    /// Reads a catalogue from its JSON.
    pub fn load(json: &str) -> Result<Self, CatalogError> {
        Self::parse(json, None)
    }

    /// Reads a catalogue from a file.
    pub fn load_file(path: &Path) -> Result<Self, CatalogError> {
        let json =
            std::fs::read_to_string(path).map_err(|source| CatalogError::Read { path: path.to_owned(), source })?;
        Self::parse(&json, Some(path))
    }

    fn parse(json: &str, path: Option<&Path>) -> Result<Self, CatalogError> {
        let path = path.map(Path::to_owned);
        let File { mut models } = match serde_json::from_str(json) {
            Ok(file) => file,
            Err(error) => {
                let text = error.to_string();
                let position = format!(" at line {} column {}", error.line(), error.column());
                return Err(CatalogError::Parse {
                    path,
                    line: error.line(),
                    column: error.column(),
                    message: text.strip_suffix(&position).unwrap_or(&text).to_owned(),
                });
            }
        };
        if models.is_empty() {
            return Err(CatalogError::Empty { path });
        }
        models.sort_by_key(|model| model.priority);
        Ok(Self { models })
    }

    /// All models, hidden ones too, by priority.
    pub fn models(&self) -> &[ModelInfo] {
        &self.models
    }

    /// The model with this slug.
    pub fn find(&self, slug: &str) -> Option<&ModelInfo> {
        self.models.iter().find(|model| model.slug == slug)
    }

    /// The model that is used when none is named: the first that is not hidden.
    pub fn default_model(&self) -> Option<&ModelInfo> {
        self.models.iter().find(|model| !model.is_hidden())
    }
}
