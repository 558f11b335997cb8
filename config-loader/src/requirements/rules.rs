//! `[rules]`: what commands must be asked for or are forbidden.

use serde::Deserialize;

/// `[rules]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(expecting = "struct RequirementsExecPolicyToml")]
pub(crate) struct RulesToml {
    pub prefix_rules: Vec<PrefixRule>,
}

/// A rule about commands that begin with certain words.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct PrefixRule {
    pub pattern: Vec<PatternToken>,
    pub decision: Option<Decision>,
    pub justification: Option<String>,
}

/// A word of a command, or several of which one must stand there.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct PatternToken {
    pub token: Option<String>,
    pub any_of: Option<Vec<String>>,
}

/// What happens with a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Decision {
    Allow,
    Prompt,
    PromptUser,
    Forbidden,
}

impl RulesToml {
    /// What is wrong with the rules, in words.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.prefix_rules.is_empty() {
            return Err("rules prefix_rules cannot be empty".to_owned());
        }
        self.prefix_rules.iter().enumerate().try_for_each(|(index, rule)| {
            rule.check().map_err(|reason| format!("rules prefix_rule at index {index} {reason}"))
        })
    }
}

impl PrefixRule {
    fn check(&self) -> Result<(), String> {
        if self.justification.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err("has an empty justification".to_owned());
        }
        if self.pattern.is_empty() {
            return Err("has an empty pattern".to_owned());
        }
        for (index, token) in self.pattern.iter().enumerate() {
            token.check().map_err(|reason| format!("has an invalid pattern token at index {index}: {reason}"))?;
        }
        match self.decision {
            None => Err("is missing a decision".to_owned()),
            Some(Decision::Allow) => Err("has decision 'allow', which requirements cannot give, as the strictest of \
                                          all rules counts; use 'prompt', 'prompt-user' or 'forbidden'"
                .to_owned()),
            Some(_) => Ok(()),
        }
    }
}

impl PatternToken {
    fn check(&self) -> Result<(), &'static str> {
        match (&self.token, &self.any_of) {
            (Some(_), Some(_)) => Err("set either token or any_of, not both"),
            (None, None) => Err("set either token or any_of"),
            (Some(token), None) if token.trim().is_empty() => Err("token cannot be empty"),
            (None, Some(words)) if words.is_empty() => Err("any_of cannot be empty"),
            (None, Some(words)) if words.iter().any(|word| word.trim().is_empty()) => {
                Err("any_of cannot hold empty words")
            }
            _ => Ok(()),
        }
    }
}
