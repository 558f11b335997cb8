//! TypeScript files.
use super::*;
pub(super) fn files(surface: Surface) -> Vec<GeneratedFile> { let _ = surface; vec![] }
