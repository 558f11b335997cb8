//! Roles for sub-agents: Markdown files become TOML files of the same name.

use serde::Serialize;

use crate::error::ImportError;
use crate::files::{self, Kind};
use crate::front_matter::Markdown;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::wording;

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let roles = new_roles(scope)?;
    Ok((!roles.is_empty()).then(|| Offer {
        description: format!(
            "Migrate subagents from {} to {}",
            scope.source.join("agents").display(),
            scope.target.join("agents").display()
        ),
        names: Some(roles.into_iter().map(|(_, role)| role.name).collect()),
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let mut outcome = Outcome::default();
    for (file, role) in new_roles(scope)? {
        let path = scope.target.join("agents").join(file);
        let written = toml::to_string_pretty(&role)
            .map_err(|error| ImportError::malformed(&path, error))
            .and_then(|text| files::write_new(&path, text.as_bytes()));
        outcome.add(&role.name, written);
    }
    Ok(outcome)
}

/// A role as it is written here, in the order of its keys.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Role {
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox_mode: Option<&'static str>,
    developer_instructions: String,
}

/// The roles that have no namesake here, with the names of their files, in the order of these.
fn new_roles(scope: &Scope) -> Result<Vec<(String, Role)>, ImportError> {
    let folder = scope.source.join("agents");
    let mut roles = Vec::new();
    for (name, kind) in scope.entries(&folder)? {
        let Some(stem) = name.strip_suffix(".md").filter(|stem| kind == Kind::File && !stem.is_empty()) else {
            continue;
        };
        let file = format!("{stem}.toml");
        if !files::is_free(&scope.target.join("agents").join(&file))? {
            continue;
        }
        if let Some(role) = scope.read(&folder.join(&name))?.as_deref().and_then(role) {
            roles.push((file, role));
        }
    }
    if !roles.is_empty() {
        scope.confine(&scope.target.join("agents"))?;
    }
    Ok(roles)
}

/// A role; none without a name, a description and instructions. The models and tools of the other agent are not known here.
fn role(text: &str) -> Option<Role> {
    let markdown = Markdown::parse(text);
    let instructions = markdown.body.trim();
    if instructions.is_empty() {
        return None;
    }
    Some(Role {
        name: markdown.field("name")?.to_owned(),
        description: wording::rewrite(markdown.field("description")?),
        model_reasoning_effort: markdown.field("effort").and_then(effort),
        sandbox_mode: markdown.field("permissionMode").and_then(sandbox),
        developer_instructions: wording::rewrite(instructions),
    })
}

fn effort(name: &str) -> Option<&'static str> {
    match name {
        "none" => Some("none"),
        "minimal" => Some("minimal"),
        "low" => Some("low"),
        "medium" => Some("medium"),
        "high" => Some("high"),
        "xhigh" | "max" => Some("xhigh"),
        _ => None,
    }
}

fn sandbox(permission_mode: &str) -> Option<&'static str> {
    match permission_mode {
        "acceptEdits" => Some("workspace-write"),
        "readOnly" => Some("read-only"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_in_the_words_of_this_agent() {
        let text = "---\nname: tester\ndescription: tests Claude\neffort: max\npermissionMode: acceptEdits\nmodel: sonnet\n\
                    tools: [Read]\n---\n\nUse Claude.\n\nMore.\n";
        assert_eq!(
            toml::to_string_pretty(&role(text).unwrap()).unwrap(),
            "name = \"tester\"\ndescription = \"tests Codex\"\nmodel_reasoning_effort = \"xhigh\"\n\
             sandbox_mode = \"workspace-write\"\ndeveloper_instructions = \"\"\"\nUse Codex.\n\nMore.\"\"\"\n"
        );
    }

    #[test]
    fn what_is_no_whole_role_is_left_out() {
        for text in [
            "Body",
            "---\nname: a\n---\nBody",
            "---\ndescription: d\n---\nBody",
            "---\nname: a\ndescription: \"\"\n---\nBody",
            "---\nname: a\ndescription: d\n---\n \n",
            "---\nname: a\ndescription: d: e\n---\nBody",
        ] {
            assert_eq!(role(text), None, "{text}");
        }
    }
}
