//! What the rules make of a command.

use std::path::{Path, PathBuf};

use crate::danger::is_dangerous;
use crate::rules::{PrefixRule, normal_path};
use crate::shell::{base_name, join, parts};
use crate::{Decision, Policy};

/// Folders of programs that belong to the machine. A rule that allows a bare name allows its file in these; elsewhere a
/// file of the same name may be anything, and needs a `host_executable` to be meant.
const PROGRAM_FOLDERS: &[&str] = &["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"];

/// A rule that fits a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMatch {
    /// The words of the command that it is about; the program as the rule names it.
    pub matched_prefix: Vec<String>,
    /// What the rule says.
    pub decision: Decision,
    /// Why it says so.
    pub justification: Option<String>,
    /// The program's path, when the rule names it without one.
    pub resolved_program: Option<PathBuf>,
}

/// One of the commands that a call runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its words.
    pub words: Vec<String>,
    /// All rules that fit it, in their order.
    pub matches: Vec<RuleMatch>,
    /// Whether it deletes by force, whatever rules say.
    pub dangerous: bool,
}

impl Part {
    /// What the rules say about this part; none when none fits.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        self.matches.iter().map(|found| found.decision).max()
    }
}

/// What the rules make of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What they say: the strictest rule of all parts wins, and allowed is only what is allowed in all its parts. None when
    /// that leaves it to the approval policy and the sandbox.
    pub decision: Option<Decision>,
    /// The rule that decided: of those with this decision the one with the longest prefix, of these the last one.
    pub rule: Option<RuleMatch>,
    /// The parts of the call, in the order of the script.
    pub parts: Vec<Part>,
}

impl Verdict {
    /// Whether a part for which there is no rule is dangerous. A rule that allows the part outweighs that.
    #[must_use]
    pub fn is_dangerous(&self) -> bool {
        self.parts.iter().any(|part| part.dangerous && part.matches.is_empty())
    }

    /// The sentence for the user when a rule says that he is asked; none when none does. `command` is the call as it is
    /// shown.
    #[must_use]
    pub fn prompt_reason(&self, command: &str) -> Option<String> {
        let rule = self.rule.as_ref().filter(|rule| rule.decision == Decision::Prompt)?;
        Some(match &rule.justification {
            Some(why) => format!("`{command}` requires approval: {why}"),
            None => format!("`{command}` requires approval by policy"),
        })
    }

    /// The sentence for the model when a rule forbids the call; none when none does. `command` is the call as it is shown.
    #[must_use]
    pub fn forbidden_reason(&self, command: &str) -> Option<String> {
        let rule = self.rule.as_ref().filter(|rule| rule.decision == Decision::Forbidden)?;
        Some(match &rule.justification {
            Some(why) => format!("`{command}` rejected: {why}"),
            None => {
                let prefix = join(&rule.matched_prefix);
                format!("`{command}` rejected: policy forbids commands starting with `{prefix}`")
            }
        })
    }
}

impl Policy {
    /// Decides about a call. When it is a shell with a script that can be split, the rules are held against every command
    /// in the script, else against the call itself. `cwd` is the folder that it runs in.
    #[must_use]
    pub fn decide(&self, argv: &[String], cwd: &Path) -> Verdict {
        let parts: Vec<Part> = (parts(argv).into_iter())
            .map(|words| Part { matches: matches(self, &words, cwd), dangerous: is_dangerous(&words), words })
            .collect();
        let strictest = parts.iter().filter_map(Part::decision).max();
        let allowed = !parts.is_empty() && parts.iter().all(|part| part.decision() == Some(Decision::Allow));
        let decision = strictest.filter(|strictest| *strictest != Decision::Allow || allowed);
        let rule = (parts.iter().flat_map(|part| &part.matches))
            .filter(|found| Some(found.decision) == decision)
            .max_by_key(|found| found.matched_prefix.len())
            .cloned();
        Verdict { decision, rule, parts }
    }
}

/// The rules that fit the words of a simple command. Rules that name the program as the command does come first; when
/// there are none and the command names it by a path, those for its bare name.
pub(crate) fn matches(policy: &Policy, words: &[String], cwd: &Path) -> Vec<RuleMatch> {
    let exact: Vec<RuleMatch> =
        (policy.prefix_rules.iter()).filter(|rule| fits(rule, words)).map(|rule| found(rule, words, None)).collect();
    let Some((program, arguments)) =
        words.split_first().filter(|(program, _)| exact.is_empty() && program.contains('/'))
    else {
        return exact;
    };
    let path = normal_path(&cwd.join(program));
    let name = base_name(program).to_owned();
    let listed = policy.executables.get(&name).map(|executable| executable.paths.contains(&path));
    let of_machine = path.parent().is_some_and(|folder| PROGRAM_FOLDERS.iter().any(|known| folder == Path::new(known)));
    let mut named = vec![name];
    named.extend_from_slice(arguments);
    (policy.prefix_rules.iter())
        .filter(|rule| fits(rule, &named))
        .filter(|rule| listed.unwrap_or(of_machine || rule.decision != Decision::Allow))
        .map(|rule| found(rule, &named, Some(path.clone())))
        .collect()
}

fn found(rule: &PrefixRule, words: &[String], resolved_program: Option<PathBuf>) -> RuleMatch {
    RuleMatch {
        matched_prefix: words.iter().take(rule.pattern.len()).cloned().collect(),
        decision: rule.decision,
        justification: rule.justification.clone(),
        resolved_program,
    }
}

fn fits(rule: &PrefixRule, words: &[String]) -> bool {
    let same = |word: &str, wanted: &str| match rule.ignores_case {
        true => word.to_lowercase() == wanted.to_lowercase(),
        false => word == wanted,
    };
    words.len() >= rule.pattern.len()
        && rule.pattern.iter().zip(words).all(|(wanted, word)| wanted.iter().any(|wanted| same(word, wanted)))
}
