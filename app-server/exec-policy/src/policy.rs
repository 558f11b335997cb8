//! The rules of all files together.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::rules::{self, Example, Fault, HostExecutable, NetworkRule, PrefixRule, RulesError, Statement};
use crate::shell::join;
use crate::{Decision, decide};

/// Rules about commands, programs and hosts. Without any of them it decides nothing.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub(crate) prefix_rules: Vec<PrefixRule>,
    pub(crate) executables: HashMap<String, HostExecutable>,
    network_rules: Vec<NetworkRule>,
}

impl Policy {
    /// Reads files; a rule of a later one stands behind those of the earlier ones.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong in any of them. Rules apply all together or not at all, so that a slip in one file
    /// never lets through what another one forbids.
    pub fn load(files: &[PathBuf]) -> Result<Self, RulesError> {
        let mut policy = Self::default();
        for path in files {
            let unreadable = |source| RulesError::Unreadable { path: path.clone(), source };
            policy.add(path, &fs::read_to_string(path).map_err(unreadable)?)?;
        }
        Ok(policy)
    }

    /// Reads the text of one file; `path` is named in errors.
    ///
    /// # Errors
    ///
    /// When something in it is not right.
    pub fn parse(path: &Path, text: &str) -> Result<Self, RulesError> {
        let mut policy = Self::default();
        policy.add(path, text)?;
        Ok(policy)
    }

    fn add(&mut self, path: &Path, text: &str) -> Result<(), RulesError> {
        let in_file = |fault: Fault| fault.in_file(path, text);
        let mut examples = Vec::new();
        for (statement, span) in rules::read(text).map_err(in_file)? {
            match statement {
                Statement::Prefix { rule, matching, not_matching } => {
                    examples.push((rule.clone(), matching, not_matching, span));
                    self.prefix_rules.push(rule);
                }
                Statement::Executable(executable) => {
                    self.executables.insert(executable.name.clone(), executable);
                }
                Statement::Network(rule) => self.network_rules.push(rule),
            }
        }
        // Only now: which paths stand for a name may be said below the rule.
        for (rule, matching, not_matching, span) in examples {
            self.check_examples(&rule, &matching, &not_matching)
                .map_err(|message| in_file(Fault::new(span, message)))?;
        }
        Ok(())
    }

    /// Holds a rule against the examples that stand in it.
    fn check_examples(&self, rule: &PrefixRule, matching: &[Example], not_matching: &[Example]) -> Result<(), String> {
        let alone = self.with_only(rule.clone());
        let matches = |example: &&Example| !decide::matches(&alone, &example.0, Path::new("/")).is_empty();
        let missed: Vec<String> =
            matching.iter().filter(|example| !matches(example)).map(|example| join(&example.0)).collect();
        if !missed.is_empty() {
            return Err(format!("expected every example to match the rule; unmatched examples: {}", missed.join(", ")));
        }
        match not_matching.iter().find(matches) {
            Some(example) => Err(format!("expected example to not match the rule: {}", join(&example.0))),
            None => Ok(()),
        }
    }

    /// A policy with one rule about commands, and what is known of programs.
    pub(crate) fn with_only(&self, rule: PrefixRule) -> Self {
        Self { prefix_rules: vec![rule], executables: self.executables.clone(), network_rules: Vec::new() }
    }

    /// Adds a rule that allows commands beginning with these words, for as long as this policy lives. No words add none.
    pub fn allow_prefix(&mut self, prefix: &[String]) {
        if !prefix.is_empty() {
            self.prefix_rules.push(allow_rule(prefix));
        }
    }

    /// The rules about hosts, in their order.
    #[must_use]
    pub fn network_rules(&self) -> &[NetworkRule] {
        &self.network_rules
    }

    /// The rules about commands, in their order.
    #[must_use]
    pub fn prefix_rules(&self) -> &[PrefixRule] {
        &self.prefix_rules
    }

    /// Whether there are no rules about commands.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prefix_rules.is_empty()
    }
}

/// The rule that allows commands beginning with these words.
pub(crate) fn allow_rule(prefix: &[String]) -> PrefixRule {
    PrefixRule {
        pattern: prefix.iter().map(|word| vec![word.clone()]).collect(),
        decision: Decision::Allow,
        justification: None,
        ignores_case: false,
    }
}

/// The `*.rules` files of folders: those of an earlier folder first, in a folder by their names. A folder that is missing
/// has none.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn rules_files(folders: &[PathBuf]) -> Result<Vec<PathBuf>, RulesError> {
    let mut files = Vec::new();
    for folder in folders {
        let unreadable = |source| RulesError::Unreadable { path: folder.clone(), source };
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(error)),
        };
        let mut here = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|extension| extension == "rules") && path.is_file() {
                here.push(path);
            }
        }
        here.sort();
        files.append(&mut here);
    }
    Ok(files)
}
