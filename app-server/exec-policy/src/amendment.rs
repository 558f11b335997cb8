//! Remembering that a kind of command is allowed.

use std::path::Path;

use codex_config_loader::{EditError, edit_text};

use crate::policy::allow_rule;
use crate::rules::{RulesError, quoted};
use crate::shell::base_name;
use crate::{Decision, Policy, Verdict};

/// Prefixes that would allow nearly anything; never proposed, also not when a model asks for them. Programs are named
/// without their folder.
const TOO_WIDE: &[&[&str]] = &[
    &["bash"],
    &["bash", "-c"],
    &["bash", "-lc"],
    &["bun"],
    &["bun", "-e"],
    &["bun", "run"],
    &["cmd"],
    &["cmd", "/c"],
    &["cmd.exe"],
    &["cmd.exe", "/c"],
    &["dash"],
    &["dash", "-c"],
    &["deno"],
    &["deno", "eval"],
    &["env"],
    &["fish"],
    &["fish", "-c"],
    &["git"],
    &["julia"],
    &["julia", "-e"],
    &["ksh"],
    &["ksh", "-c"],
    &["lua"],
    &["lua", "-e"],
    &["node"],
    &["node", "-e"],
    &["nodejs"],
    &["nodejs", "-e"],
    &["npm", "run"],
    &["osascript"],
    &["osascript", "-e"],
    &["perl"],
    &["perl", "-e"],
    &["php"],
    &["php", "-r"],
    &["pnpm", "run"],
    &["powershell"],
    &["powershell", "-Command"],
    &["powershell", "-c"],
    &["powershell.exe"],
    &["pwsh"],
    &["pwsh", "-Command"],
    &["pwsh", "-c"],
    &["py"],
    &["py", "-3"],
    &["pypy"],
    &["pypy3"],
    &["python"],
    &["python", "-"],
    &["python", "-c"],
    &["python3"],
    &["python3", "-"],
    &["python3", "-c"],
    &["pythonw"],
    &["pyw"],
    &["rm"],
    &["Rscript"],
    &["Rscript", "-e"],
    &["ruby"],
    &["ruby", "-e"],
    &["sh"],
    &["sh", "-c"],
    &["sh", "-lc"],
    &["sudo"],
    &["yarn", "run"],
    &["zsh"],
    &["zsh", "-c"],
    &["zsh", "-lc"],
];

/// Why a call is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All that is not allowed by a rule is asked about.
    NotAllowed,
    /// The call has dangerous parts.
    Dangerous,
}

/// Why a rule could not be remembered.
#[derive(Debug, thiserror::Error)]
pub enum AmendError {
    /// A rule needs at least one word.
    #[error("cannot remember a rule without words: give at least the program")]
    EmptyPrefix,
    /// The file is broken, so that no rule of it applies; it must be repaired by hand first.
    #[error(transparent)]
    BrokenFile(#[from] RulesError),
    /// The file cannot be changed.
    #[error(transparent)]
    Edit(#[from] EditError),
}

impl Policy {
    /// The prefix to offer for being allowed from now on, for a call that is asked about: the one that the model
    /// `requested`, when it is not too wide and would allow all parts that are asked about, else all words of the first part
    /// that is asked about. None when a rule decides, so that another rule would change nothing.
    #[must_use]
    pub fn propose_amendment(
        &self,
        verdict: &Verdict,
        asked: Asked,
        requested: Option<&[String]>,
        cwd: &Path,
    ) -> Option<Vec<String>> {
        if verdict.decision.is_some() {
            return None;
        }
        let asked_about =
            |part: &&crate::Part| part.matches.is_empty() && (asked == Asked::NotAllowed || part.dangerous);
        if let Some(prefix) = requested.filter(|prefix| !prefix.is_empty() && !is_too_wide(prefix)) {
            let rule = self.with_only(allow_rule(prefix));
            let allowed = |words: &[String]| !crate::decide::matches(&rule, words, cwd).is_empty();
            if verdict.parts.iter().filter(asked_about).all(|part| allowed(&part.words)) {
                return Some(prefix.to_vec());
            }
        }
        verdict.parts.iter().find(asked_about).map(|part| part.words.clone())
    }
}

fn is_too_wide(prefix: &[String]) -> bool {
    let mut words: Vec<&str> = prefix.iter().map(String::as_str).collect();
    if let Some(program) = words.first_mut() {
        *program = base_name(program);
    }
    TOO_WIDE.contains(&words.as_slice())
}

/// Adds a rule to a file that allows commands beginning with these words; whether it was not there yet. The rest of the
/// file stays as it is. A missing file is made, readable by its owner only, and its folder too. This waits for the disk and for
/// other processes that change files in that folder.
///
/// # Errors
///
/// When there are no words, the file is broken, or it cannot be written; nothing is changed then.
pub fn append_allow_rule(file: &Path, prefix: &[String]) -> Result<bool, AmendError> {
    if prefix.is_empty() {
        return Err(AmendError::EmptyPrefix);
    }
    let edited = edit_text::<AmendError>(file, |text| {
        let rules = Policy::parse(file, text)?;
        let wanted = allow_rule(prefix);
        let is_there = |rule: &crate::PrefixRule| rule.decision == Decision::Allow && rule.pattern == wanted.pattern;
        if rules.prefix_rules.iter().any(is_there) {
            return Ok(text.to_owned());
        }
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let gap = if text.is_empty() || text.ends_with('\n') { "" } else { line_end };
        let amended = format!("{text}{gap}{}{line_end}", rule_line(prefix));
        // A last line that goes on, say, would swallow the rule.
        Policy::parse(file, &amended)?;
        Ok(amended)
    })?;
    Ok(edited.changed)
}

fn rule_line(prefix: &[String]) -> String {
    let words: Vec<String> = prefix.iter().map(|word| quoted(word)).collect();
    format!("prefix_rule(pattern=[{}], decision=\"allow\")", words.join(", "))
}
