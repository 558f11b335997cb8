//! Custom commands: each becomes a skill, unless it takes arguments or runs something while it is filled in.

use std::collections::BTreeMap;

use crate::error::ImportError;
use crate::files::{self, Kind, MAX_DEPTH, MAX_ENTRIES};
use crate::front_matter::Markdown;
use crate::plan::{Offer, Outcome};
use crate::scope::Scope;
use crate::wording;

/// What the names of the skills begin with.
const PREFIX: &str = "source-command";

/// Letters that the name of a skill may have.
const MAX_NAME: usize = 64;

pub(crate) fn offer(scope: &Scope) -> Result<Option<Offer>, ImportError> {
    let commands = new_commands(scope)?;
    Ok((!commands.is_empty()).then(|| Offer {
        description: format!(
            "Migrate commands from {} to {}",
            scope.source.join("commands").display(),
            scope.skills.display()
        ),
        names: Some(commands.into_keys().collect()),
    }))
}

pub(crate) fn import(scope: &Scope) -> Result<Outcome, ImportError> {
    let mut outcome = Outcome::default();
    for (name, command) in new_commands(scope)? {
        let file = scope.skills.join(&name).join("SKILL.md");
        outcome.add(&name, files::write_new(&file, command.skill(&name).as_bytes()));
    }
    Ok(outcome)
}

/// A custom command.
#[derive(Debug, PartialEq, Eq)]
struct Command {
    /// How it was called: its path without the ending, folders set off by dashes.
    label: String,
    description: Option<String>,
    body: String,
}

impl Command {
    /// The text of the skill that stands for it.
    fn skill(&self, name: &str) -> String {
        let label = &self.label;
        let description = match &self.description {
            Some(description) => description.clone(),
            None => format!("The custom command `{label}`"),
        };
        let body = if self.body.is_empty() { "(The command had no text.)" } else { &self.body };
        // A JSON text is a YAML text too.
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        format!(
            "---\nname: {}\ndescription: {}\n---\n\n# {name}\n\nThis was the custom command `{label}`. Follow its text when \
             the user asks for that command.\n\n## Text of the command\n\n{body}\n",
            quoted(name),
            quoted(&description)
        )
    }
}

/// The commands that can be imported and have no namesake here, by the name of their skill.
fn new_commands(scope: &Scope) -> Result<BTreeMap<String, Command>, ImportError> {
    let mut paths = Vec::new();
    list(scope, &mut paths, &[])?;
    // Two commands of one name: nobody could tell which is meant.
    let mut found: BTreeMap<String, Option<Command>> = BTreeMap::new();
    for path in paths {
        let label = path.join("-");
        let label = label.strip_suffix(".md").unwrap_or(&label);
        let Some(name) = skill_name(label) else { continue };
        let file = path.iter().fold(scope.source.join("commands"), |folder, part| folder.join(part));
        let Some(text) = scope.read(&file)? else { continue };
        let command = command(label, &text);
        found.entry(name).and_modify(|known| *known = None).or_insert(command);
    }
    let mut new = BTreeMap::new();
    for (name, command) in found {
        if let Some(command) = command
            && files::is_free(&scope.skills.join(&name))?
        {
            new.insert(name, command);
        }
    }
    if !new.is_empty() {
        scope.confine(&scope.skills)?;
    }
    Ok(new)
}

/// The Markdown files below the folder of commands, as parts of their paths; a README is none.
fn list(scope: &Scope, found: &mut Vec<Vec<String>>, below: &[String]) -> Result<(), ImportError> {
    let root = scope.source.join("commands");
    let folder = below.iter().fold(root.clone(), |folder, part| folder.join(part));
    if below.len() >= MAX_DEPTH {
        return Err(ImportError::TooDeep { path: root, limit: MAX_DEPTH });
    }
    for (name, kind) in scope.entries(&folder)? {
        let is_command = name.ends_with(".md") && !name.eq_ignore_ascii_case("README.md");
        let path = [below, &[name]].concat();
        match kind {
            Kind::Folder => list(scope, found, &path)?,
            Kind::File if is_command => found.push(path),
            Kind::File => {}
        }
        if found.len() > MAX_ENTRIES {
            return Err(ImportError::TooMany { path: root, limit: MAX_ENTRIES });
        }
    }
    Ok(())
}

/// A command that can be a skill.
fn command(label: &str, text: &str) -> Option<Command> {
    let markdown = Markdown::parse(text);
    let body = markdown.body.trim();
    if is_filled_in(body) {
        return None;
    }
    Some(Command {
        label: label.to_owned(),
        description: markdown.field("description").map(wording::rewrite),
        body: wording::rewrite(body),
    })
}

/// Whether the text of a command is filled in before it is used: with arguments, the output of programs, or files.
fn is_filled_in(body: &str) -> bool {
    let has_position =
        body.match_indices('$').any(|(at, _)| body[at + 1..].starts_with(|next: char| next.is_ascii_digit()));
    let has_braces = body.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"));
    let begins_word = |at: usize| body[..at].chars().next_back().is_none_or(char::is_whitespace);
    let runs = ["!`", "! `"].iter().any(|mark| body.match_indices(mark).any(|(at, _)| begins_word(at)));
    let names_file = body.split_whitespace().any(|word| word.len() > 1 && word.starts_with('@'));
    body.contains("$ARGUMENTS") || has_position || has_braces || runs || names_file
}

/// The name of the skill for a command; none when there is nothing to name it by, or too much.
fn skill_name(label: &str) -> Option<String> {
    let mut name = PREFIX.to_owned();
    for part in label.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        name.push('-');
        name.push_str(&part.to_ascii_lowercase());
    }
    (name.len() > PREFIX.len() && name.len() <= MAX_NAME).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_letters_digits_and_dashes() {
        for (label, name) in [
            ("review", Some("source-command-review")),
            ("a-b", Some("source-command-a-b")),
            ("My Cmd", Some("source-command-my-cmd")),
            ("--x.v1--", Some("source-command-x-v1")),
            ("é", None),
            ("_", None),
        ] {
            assert_eq!(skill_name(label).as_deref(), name, "{label}");
        }
        assert_eq!(skill_name(&"n".repeat(49)).map(|name| name.len()), Some(64));
        assert_eq!(skill_name(&"n".repeat(50)), None);
    }

    #[test]
    fn what_is_filled_in_is_no_skill() {
        for body in ["Fix $ARGUMENTS", "$1", "a$0b", "{{args}}", "!`git status`", "! `x`", "See @src/x.rs", "@x"] {
            assert!(is_filled_in(body), "{body}");
        }
        for body in ["", "cost $ 5 and $USER", "me@x.org @ (@x) `@x`", "{x} {{", "}} {{", "Hi! `x`!", "$$ ${1}"] {
            assert!(!is_filled_in(body), "{body}");
        }
    }

    #[test]
    fn a_skill_has_the_description_and_the_text() {
        let text = "---\ndescription: 'Says \"hi\": Claude'\nmodel: x\n---\n\n Use Claude. \n";
        let skill = command("hi", text).unwrap().skill("source-command-hi");
        let parsed = Markdown::parse(&skill);
        assert_eq!(parsed.field("name"), Some("source-command-hi"));
        assert_eq!(parsed.field("description"), Some("Says \"hi\": Codex"));
        assert!(parsed.body.ends_with("\n\nUse Codex.\n"), "{skill}");
        let plain = command("hi", "Body").unwrap().skill("source-command-hi");
        assert_eq!(Markdown::parse(&plain).field("description"), Some("The custom command `hi`"));
        assert!(command("hi", "").unwrap().skill("x").contains("had no text"));
    }
}
