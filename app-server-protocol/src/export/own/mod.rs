//! Our own documents: the bundles, the map of methods, the errors, OpenRPC.
//!
//! They say what the compatible export cannot: which property tells the arms of a union apart, what is always written,
//! which result belongs to which method. One root reaches every type. `bundle.json` has the arms of unions in place,
//! `bundle.refs.json` as definitions of their own; everything else is the same.

mod bundle;
mod definitions;
mod messages;
mod methods;
mod openrpc;
mod shape;

use definitions::Definitions;
use serde_json::Value;

use super::{GeneratedFile, Surface, pretty};

/// The bundle with the arms of unions in place, and the map of methods, not yet written.
pub(super) fn documents(surface: Surface) -> (Value, Value) {
    let definitions = Definitions::of(surface);
    (bundle::inline(&definitions, surface), methods::methods(&definitions))
}

/// All documents of a surface.
pub(super) fn files(surface: Surface) -> Vec<GeneratedFile> {
    let definitions = Definitions::of(surface);
    let inline = bundle::inline(&definitions, surface);
    let refs = bundle::with_references(&inline);
    let file = |path: &str, value: &Value| GeneratedFile { path: path.to_owned(), contents: pretty(value) + "\n" };
    vec![
        file("bundle.json", &inline),
        file("bundle.refs.json", &refs),
        file("methods.json", &methods::methods(&definitions)),
        file("errors.json", &methods::errors()),
        file("openrpc.json", &openrpc::document(&definitions)),
    ]
}
