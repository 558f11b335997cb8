//! What a comparison found, as data and as text, Markdown and JSON.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use super::rule::{Affects, Rule, Severity};

/// More methods are counted only.
const MAX_METHODS: usize = 6;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The way to it from the first method that leads there, such as `turn/start params.input[].type`.
    pub path: String,
    /// What kind of change it is.
    pub rule: Rule,
    /// Which part of a client it concerns.
    pub affects: Affects,
    /// The named type that changed, with the new name behind an arrow where it has another.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub type_name: Option<String>,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// The methods that lead to it, the first of them.
    pub methods: Vec<String>,
    /// How many more methods lead to it.
    pub more_methods: usize,
}

impl Finding {
    pub(super) fn new(
        (rule, affects): (Rule, Affects),
        methods: &BTreeSet<String>,
        type_name: Option<String>,
        path: String,
        (old, new): (Option<String>, Option<String>),
    ) -> Self {
        Self {
            severity: rule.severity(affects),
            path,
            rule,
            affects,
            type_name,
            old,
            new,
            methods: methods.iter().take(MAX_METHODS).cloned().collect(),
            more_methods: methods.len().saturating_sub(MAX_METHODS),
        }
    }

    /// The methods in one line.
    fn used_by(&self) -> String {
        match (self.methods.is_empty(), self.more_methods) {
            (true, _) => "no known method".to_owned(),
            (false, 0) => self.methods.join(", "),
            (false, more) => format!("{} and {more} more", self.methods.join(", ")),
        }
    }

    /// Whether the path says already which method it is.
    fn path_says_all(&self) -> bool {
        let first = self.path.split(' ').next();
        self.more_methods == 0 && matches!(&self.methods[..], [only] if Some(only.as_str()) == first)
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Changes that break clients.
    pub breaking: usize,
    /// New things.
    pub additive: usize,
    /// Things worth knowing.
    pub note: usize,
}

/// All changes between two exports, those that break first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The changes in a stable order: severity, path, rule.
    pub findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(mut findings: Vec<Finding>) -> Self {
        findings.sort();
        findings.dedup();
        Self { findings }
    }

    /// Whether a change breaks a client.
    pub fn is_breaking(&self) -> bool {
        self.summary().breaking > 0
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary {
            breaking: count(Severity::Breaking),
            additive: count(Severity::Additive),
            note: count(Severity::Note),
        }
    }

    /// The report for a terminal.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.headline());
        for finding in &self.findings {
            let severity = severity_name(finding.severity);
            let (rule, affects) = (finding.rule.id(), affects_name(finding.affects));
            let _ = write!(out, "\n{severity} {rule} ({affects}): {}\n", finding.path);
            let mut line = |label: &str, text: &str| {
                let _ = writeln!(out, "  {label:<5} {text}");
            };
            if let Some(name) = &finding.type_name {
                line("type", name);
            }
            if let Some(old) = &finding.old {
                line("old", old);
            }
            if let Some(new) = &finding.new {
                line("new", new);
            }
            if !finding.path_says_all() {
                line("used", &format!("by {}", finding.used_by()));
            }
        }
        out
    }

    /// The report for a pull request or release notes.
    pub fn markdown(&self) -> String {
        let mut out = format!("# Schema changes\n\n{}.\n", self.headline());
        for severity in [Severity::Breaking, Severity::Additive, Severity::Note] {
            let findings: Vec<&Finding> = self.findings.iter().filter(|it| it.severity == severity).collect();
            if findings.is_empty() {
                continue;
            }
            let title = match severity {
                Severity::Breaking => "Breaking",
                Severity::Additive => "Additive",
                Severity::Note => "Notes",
            };
            let _ = write!(
                out,
                "\n## {title}\n\n| rule | affects | where | type | old | new | methods |\n|---|---|---|---|---|---|---|\n"
            );
            for finding in findings {
                let code = |text: Option<&str>| text.map(|text| format!("`{}`", cell(text))).unwrap_or_default();
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {} | {} | {} | {} |",
                    finding.rule.id(),
                    affects_name(finding.affects),
                    code(Some(&finding.path)),
                    code(finding.type_name.as_deref()),
                    code(finding.old.as_deref()),
                    code(finding.new.as_deref()),
                    cell(&finding.used_by()),
                );
            }
        }
        out
    }

    /// The report for programs: `summary` and `findings`.
    ///
    /// # Errors
    /// Never for a report of [`crate::diff`]; the signature is that of the serializer.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    fn headline(&self) -> String {
        let Summary { breaking, additive, note } = self.summary();
        let plural = if note == 1 { "" } else { "s" };
        format!("{breaking} breaking, {additive} additive, {note} note{plural}")
    }
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            summary: Summary,
            findings: &'a [Finding],
        }
        Form { summary: self.summary(), findings: &self.findings }.serialize(serializer)
    }
}

/// Text that may stand in a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ").replace('`', "'")
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Breaking => "breaking",
        Severity::Additive => "additive",
        Severity::Note => "note",
    }
}

fn affects_name(affects: Affects) -> &'static str {
    match affects {
        Affects::Sender => "sender",
        Affects::Reader => "reader",
    }
}
