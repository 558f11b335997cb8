//! Strict loading: keys that nothing knows are errors, and a file is blamed by itself.

use std::sync::Arc;

use toml::Table;

use super::files::SourceFile;
use crate::diagnostics::{Diagnostic, name_span, type_error};
use crate::error::ConfigError;
use crate::warnings::unknown_keys_of;

/// Refuses a file with a wrong value, else one with an unknown key; the first one in the file is named.
pub(super) fn check_file(config: &Table, source: &Arc<SourceFile>) -> Result<(), ConfigError> {
    if let Some(diagnostic) = type_error(source.path(), source.text()) {
        return Err(diagnostic.into());
    }
    let first = unknown_keys_of(config)
        .into_iter()
        .map(|unknown| (name_span(source.text(), &unknown.key).unwrap_or(0..0), unknown.key))
        .min_by_key(|(span, _)| span.start);
    match first {
        Some((span, key)) => {
            let message = format!("unknown configuration field `{key}`");
            Err(Diagnostic::new(source.path(), source.text(), span, message).into())
        }
        None => Ok(()),
    }
}

/// Refuses overrides with an unknown key; the first one in their order is named.
pub(super) fn check_overrides<'a>(
    layer: &Table,
    mut paths: impl Iterator<Item = &'a String>,
) -> Result<(), ConfigError> {
    let unknown = unknown_keys_of(layer);
    let below =
        |key: &str, path: &str| key.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let first =
        paths.find_map(|path| unknown.iter().find(|unknown| below(&unknown.key, path) || below(path, &unknown.key)));
    match first.or_else(|| unknown.first()) {
        Some(unknown) => Err(ConfigError::UnknownOverride(unknown.key.clone())),
        None => Ok(()),
    }
}
