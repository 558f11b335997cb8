//! Looking at the whole configuration of a folder: everything that is wrong or odd, for people.

use std::path::{Path, PathBuf};

use crate::config::typed;
use crate::error::ConfigError;
use crate::loader::{ConfigLoader, LoadRequest};
use crate::warnings::ConfigWarning;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// New threads are refused with it, or the server does not start.
    Error,
    /// Something is ignored.
    Warning,
}

/// Something that is wrong or odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What it is: place and message, the line, and an underline, where there is a place.
    pub text: String,
}

impl Finding {
    /// What keeps a configuration from being used.
    pub fn of(error: &ConfigError) -> Self {
        let text = error.place().map_or_else(|| error.to_string().trim_end().to_owned(), |place| place.render());
        Self { severity: Severity::Error, text }
    }

    fn warning(warning: &ConfigWarning) -> Self {
        let details = warning.details.as_ref().map(|details| format!("\n  {details}")).unwrap_or_default();
        Self { severity: Severity::Warning, text: format!("{}{details}", warning.summary) }
    }
}

impl ConfigLoader {
    /// Everything that is wrong or odd about the configuration of a working folder, errors first.
    pub fn check(&self, cwd: Option<&Path>) -> Vec<Finding> {
        let mut findings = self.wrong(cwd);
        let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
        findings.extend(self.app_server().warnings.iter().map(Finding::warning));
        let request = LoadRequest { cwd: cwd.map(Path::to_owned), ..LoadRequest::default() };
        match self.load(&request) {
            Ok(config) => {
                let odd = config.warnings.iter().chain(&config.project_warnings);
                findings.extend(odd.map(Finding::warning));
                let old = config.deprecations.iter().map(|notice| ConfigWarning {
                    details: notice.details.clone(),
                    ..ConfigWarning::new(notice.summary.clone())
                });
                findings.extend(old.map(|warning| Finding::warning(&warning)));
            }
            // It was found before, unless it is about several layers together.
            Err(error) if !is_wrong => findings.push(Finding::of(&error)),
            Err(_) => {}
        }
        findings.sort_by_key(|finding| finding.severity);
        findings
    }

    /// What is wrong in single files, then in what they make together.
    fn wrong(&self, cwd: Option<&Path>) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.files_of(cwd).iter().filter_map(|file| self.syntax_error(file)).collect();
        let stack = match self.layers_now(cwd) {
            Ok(stack) => stack,
            Err(error) => {
                if findings.is_empty() {
                    findings.push(Finding::of(&error));
                }
                return findings;
            }
        };
        let wrong_types: Vec<Finding> = stack
            .enabled()
            .filter_map(|layer| layer.type_error())
            .map(|place| Finding { severity: Severity::Error, text: place.render() })
            .collect();
        if wrong_types.is_empty()
            && let Err(error) = typed(&stack, stack.merged())
        {
            findings.push(Finding::of(&error));
        }
        findings.extend(wrong_types);
        let unused = stack.layers.iter().filter_map(|layer| layer.disabled_reason.clone());
        findings.extend(unused.map(|text| Finding { severity: Severity::Warning, text }));
        findings
    }

    /// The files that may be layers.
    fn files_of(&self, cwd: Option<&Path>) -> Vec<PathBuf> {
        let sources = self.sources();
        let mut files = vec![sources.system_folder.join("config.toml"), sources.home.config_file()];
        let folders = cwd.into_iter().flat_map(Path::ancestors);
        files.extend(folders.map(|folder| folder.join(".codex/config.toml")));
        files.extend([sources.home.path(), &sources.system_folder].map(|folder| folder.join("managed_config.toml")));
        files.dedup();
        files
    }

    /// What is wrong with the syntax of a file, if there is one.
    fn syntax_error(&self, file: &Path) -> Option<Finding> {
        let source = self.files().read(file).ok()??;
        let error = source.table().as_ref().err()?;
        Some(Finding { severity: Severity::Error, text: error.diagnostic.render() })
    }
}
