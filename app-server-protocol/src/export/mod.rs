//! The exporter: the method tables as JSON Schema and TypeScript, file for file as the reference lays them out.
//!
//! Two walks over the tables, one for each way a type goes, build the schema of every type (`types`), one filter makes it
//! fit a [`Surface`]
//! (`normalize`), and all outputs are written from the result (`json`, `typescript`, `own`).
//!
//! What must hold: equal tables give equal bytes; the stable surface has no trace of anything experimental; what one
//! file needs stands in that file (JSON Schema) or is imported by it (TypeScript). [`write()`] is all I/O of this crate.

mod envelopes;
mod json;
mod normalize;
mod own;
mod types;
mod typescript;

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

/// Which part of the protocol is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// What every client may use.
    Stable,
    /// The stable surface and what needs `experimentalApi`.
    Experimental,
}

/// A file that the exporter made, not yet written anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Where it belongs below the folder of the export, with `/` between the parts.
    pub path: String,
    /// The whole text, with a line end at its end.
    pub contents: String,
}

/// JSON Schema, draft-07: one self-contained file for each params, result and notification type and for the envelopes,
/// and two bundles. Sorted by path.
#[must_use]
pub fn json_schema(surface: Surface) -> Vec<GeneratedFile> {
    sorted(json::files(surface))
}

/// TypeScript: one file for each type, and an index for each folder. Sorted by path.
#[must_use]
pub fn typescript(surface: Surface) -> Vec<GeneratedFile> {
    sorted(typescript::files(surface))
}

/// Our own documents: `bundle.json` and `bundle.refs.json` (JSON Schema, draft 2020-12, one root that reaches every type),
/// `methods.json`, `errors.json`, `openrpc.json`.
#[must_use]
pub fn own(surface: Surface) -> Vec<GeneratedFile> {
    sorted(own::files(surface))
}

/// Two of our own documents as values, for who reads them in the same process: `bundle.json` and `methods.json`.
#[must_use]
pub fn own_documents(surface: Surface) -> (Value, Value) {
    own::documents(surface)
}

/// Indented JSON. The keys of values are strings, so there is nothing that cannot be written.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn sorted(mut files: Vec<GeneratedFile>) -> Vec<GeneratedFile> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Writes the files below `dir`, making folders where they are missing. Other files there are left alone.
///
/// # Errors
/// Of the file system, with the path that could not be written in the message.
pub fn write(dir: &Path, files: &[GeneratedFile]) -> io::Result<()> {
    let mut made: Option<&Path> = None;
    for file in files {
        let path = dir.join(&file.path);
        let folder = Path::new(&file.path).parent();
        let written = if made == folder { Ok(()) } else { fs::create_dir_all(path.parent().unwrap_or(dir)) }
            .and_then(|()| fs::write(&path, &file.contents));
        written.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        made = folder;
    }
    Ok(())
}
