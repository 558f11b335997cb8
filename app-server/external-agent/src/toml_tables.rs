//! Adding to tables of a TOML document, in whatever form they are written there.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, TableLike};

use crate::error::ImportError;
use crate::files;
use crate::scope::Scope;

/// The document of a file, to look at; empty when it is missing.
pub(crate) fn document(scope: &Scope, path: &Path) -> Result<DocumentMut, ImportError> {
    let Some(text) = scope.read_settings(path)? else {
        return match files::metadata(path)? {
            None => Ok(DocumentMut::new()),
            Some(_) => Err(ImportError::malformed(path, "is not a file")),
        };
    };
    text.parse().map_err(|error: toml_edit::TomlError| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        ImportError::ConfigSyntax {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            message: error.message().to_owned(),
        }
    })
}

/// The table of this name; none when it is missing, or something else has the name.
pub(crate) fn table<'a>(parent: &'a dyn TableLike, name: &str) -> Option<&'a dyn TableLike> {
    parent.get(name)?.as_table_like()
}

/// Whether a table of this name is there or can be made.
pub(crate) fn has_room(parent: &dyn TableLike, name: &str) -> bool {
    parent.get(name).is_none_or(Item::is_table_like)
}

/// The table of this name, made when it is missing; none when something else has the name.
pub(crate) fn table_mut<'a>(parent: &'a mut dyn TableLike, name: &str) -> Option<&'a mut dyn TableLike> {
    if !parent.contains_key(name) {
        let mut table = Table::new();
        // Without values of its own it gets no header. In a table within braces it is written within braces as well.
        table.set_implicit(true);
        parent.insert(name, Item::Table(table));
    }
    parent.get_mut(name)?.as_table_like_mut()
}

/// Puts the comments at the end of a document above the header of a table that was added behind them: they would go on
/// to the new end otherwise, where they speak of something else.
pub(crate) fn keep_comments_above(document: &mut DocumentMut, table: &[&str]) {
    let comments = document.trailing().as_str().unwrap_or_default().to_owned();
    if comments.trim().is_empty() {
        return;
    }
    let mut at = Some(document.as_item_mut());
    for name in table {
        at = at.and_then(|item| item.get_mut(name));
    }
    if let Some(table) = at.and_then(Item::as_table_mut) {
        table.decor_mut().set_prefix(format!("{}\n\n", comments.trim_end()));
        document.set_trailing("");
    }
}
