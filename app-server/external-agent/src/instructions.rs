//! Instructions for every task: `CLAUDE.md` becomes `AGENTS.md`.

use std::path::{Path, PathBuf};

use crate::error::ImportError;
use crate::files;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::wording;

const THERE: &str = "CLAUDE.md";

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let target = target(scope);
    Ok(new_instructions(scope, &target)?.map(|(source, _)| Offer {
        description: format!("Migrate {} to {}", source.display(), target.display()),
        names: None,
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let target = target(scope);
    let Some((source, text)) = new_instructions(scope, &target)? else { return Ok(Outcome::default()) };
    match files::write_over_blank(&target, wording::rewrite(&text).as_bytes()) {
        Ok(()) => Ok(Outcome::file(&source, &target)),
        Err(ImportError::TargetExists(_)) => Ok(Outcome::default()),
        Err(error) => Err(error),
    }
}

fn target(scope: &Scope) -> PathBuf {
    let folder = if scope.is_home() { &scope.target } else { &scope.root };
    folder.join("AGENTS.md")
}

/// The file with instructions and its text; none when there are instructions here already.
fn new_instructions(scope: &Scope, target: &Path) -> Result<Option<(PathBuf, String)>, ImportError> {
    let inner = scope.source.join(THERE);
    let sources = if scope.is_home() { vec![inner] } else { vec![scope.root.join(THERE), inner] };
    let mut found = None;
    for source in sources {
        if let Some(text) = scope.read(&source)?.filter(|text| !text.trim().is_empty()) {
            found = Some((source, text));
            break;
        }
    }
    if found.is_none() || !scope.is_blank(target)? {
        return Ok(None);
    }
    Ok(found)
}
