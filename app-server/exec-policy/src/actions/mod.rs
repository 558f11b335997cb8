//! What a call reads, lists or searches, for people who look at it.
//!
//! A script that can be split is described command by command; what only formats the output of another is left out. When
//! one command of it is not understood, the whole script is unknown: half a description would be a wrong one. This is for
//! display; nothing is decided by it.

mod command;
mod formatting;
mod operands;

use std::path::{Path, PathBuf};

use crate::rules::normal_path;
use crate::shell::{join, plain_commands, shell_script, split};
use command::{Kind, kind_of};

/// What a command does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reads a file.
    Read {
        /// The command.
        command: String,
        /// The file's name.
        name: String,
        /// The file's absolute path.
        path: PathBuf,
    },
    /// Lists files.
    ListFiles {
        /// The command.
        command: String,
        /// The folder, shortened to the component that says most.
        path: Option<String>,
    },
    /// Searches in files or their names.
    Search {
        /// The command.
        command: String,
        /// What is searched for.
        query: Option<String>,
        /// Where, shortened to the component that says most.
        path: Option<String>,
    },
    /// Anything else.
    Unknown {
        /// The command.
        command: String,
    },
}

/// Describes a call that runs in the folder `cwd`. A call that does nothing to speak of, as changing the folder, has no
/// description.
#[must_use]
pub fn parse_actions(argv: &[String], cwd: &Path) -> Vec<Action> {
    let (script, commands) = match shell_script(argv) {
        Some(script) => (script.to_owned(), plain_commands(script)),
        None => (join(argv), Some(vec![argv.to_vec()])),
    };
    commands
        .and_then(|commands| describe(&script, commands, cwd))
        .unwrap_or_else(|| vec![Action::Unknown { command: script }])
}

/// The actions of the commands of a script; none when one of them is not understood.
fn describe(script: &str, mut commands: Vec<Vec<String>>, cwd: &Path) -> Option<Vec<Action>> {
    if commands.len() > 1 {
        commands.retain(|words| !formatting::only_formats(words));
        if commands.is_empty() {
            return None;
        }
    }
    let mut folder = cwd.to_owned();
    let mut kinds = Vec::new();
    for words in &commands {
        match kind_of(words) {
            Kind::ChangeFolder(target) => folder.extend(target),
            kind => kinds.push((words, kind, folder.clone())),
        }
    }
    if kinds.len() > 1 {
        kinds.retain(|(words, _, _)| words.as_slice() != ["true"]);
    }
    let is_echo = |words: &[String]| words.first().is_some_and(|program| program == "echo");
    let echoes = kinds.iter().take_while(|(words, _, _)| is_echo(words)).count();
    kinds.drain(..echoes.min(kinds.len().saturating_sub(1)));

    let mut actions = Vec::with_capacity(kinds.len());
    for (words, kind, folder) in kinds {
        let command = join(words);
        let action = match kind {
            Kind::Read(path) => Action::Read { command, name: short(&path), path: normal_path(&folder.join(path)) },
            Kind::ListFiles(path) => Action::ListFiles { command, path: path.as_deref().map(short) },
            Kind::Search { query, path } => Action::Search { command, query, path: path.as_deref().map(short) },
            Kind::ChangeFolder(_) | Kind::Other => return None,
        };
        actions.push(action);
    }
    if let [Action::Read { command, .. }] = actions.as_mut_slice()
        && takes_lines_from_a_pipe(script)
    {
        script.clone_into(command);
    }
    actions.dedup();
    Some(actions)
}

/// Whether a script pipes through `sed -n`, which then says what is read of the file.
fn takes_lines_from_a_pipe(script: &str) -> bool {
    let words = split(script).unwrap_or_default();
    words.iter().any(|word| word == "|") && words.windows(2).any(|pair| pair == ["sed", "-n"])
}

/// The last component of a path that says something; the whole path when none does.
fn short(path: &str) -> String {
    const SAY_LITTLE: &[&str] = &["build", "dist", "node_modules", "src"];
    let path = path.replace('\\', "/");
    let path = path.trim_end_matches('/');
    let telling = path.rsplit('/').find(|component| !component.is_empty() && !SAY_LITTLE.contains(component));
    telling.unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests;
