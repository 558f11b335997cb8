//! Skills: each folder of the other agent's skills that has no namesake here is copied.

use crate::error::ImportError;
use crate::files::{self, Kind};
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::wording;

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let names = new_skills(scope)?;
    Ok((!names.is_empty()).then(|| Offer {
        description: format!(
            "Migrate skills from {} to {}",
            scope.source.join("skills").display(),
            scope.skills.display()
        ),
        names: Some(names),
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let mut outcome = Outcome::default();
    for name in new_skills(scope)? {
        let (from, to) = (scope.source.join("skills").join(&name), scope.skills.join(&name));
        outcome.add(&name, files::copy_folder(&from, &to, rewrite));
    }
    Ok(outcome)
}

fn new_skills(scope: &Scope) -> Result<Vec<String>, ImportError> {
    let mut names = Vec::new();
    for (name, kind) in scope.entries(&scope.source.join("skills"))? {
        if kind == Kind::Folder && files::is_free(&scope.skills.join(&name))? {
            names.push(name);
        }
    }
    if !names.is_empty() {
        scope.confine(&scope.skills)?;
    }
    Ok(names)
}

/// The text of a skill speaks of this agent; its other files stay as they are.
fn rewrite(name: &str, text: &str) -> Option<String> {
    name.eq_ignore_ascii_case("SKILL.md").then(|| wording::rewrite(text))
}
