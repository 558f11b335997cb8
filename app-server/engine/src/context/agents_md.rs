//! AGENTS.md: what people wrote down for agents, from the home and from the project.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use codex_config_loader::Config;

/// In every folder, the first of these that exists is taken, then the configured fallbacks.
const NAMES: [&str; 2] = ["AGENTS.override.md", "AGENTS.md"];

/// The longest text that is taken from the home. The project's limit is configured.
const HOME_LIMIT: usize = 1 << 20;

/// What AGENTS.md files say for one working folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AgentsMd {
    /// All texts, the home's first; `None` when there are none.
    pub(crate) text: Option<String>,
    /// The files the text comes from.
    pub(crate) sources: Vec<PathBuf>,
    /// What was left out, and why.
    pub(crate) warnings: Vec<String>,
}

impl AgentsMd {
    /// Reads the files: the home's, then those from the project's root down to `cwd`.
    pub(crate) fn load(home: &Path, config: &Config, cwd: &Path) -> Self {
        let mut found = Self::default();
        let home_text = find(home, &NAMES).and_then(|path| {
            let (text, _) = found.read(&path, HOME_LIMIT)?;
            found.sources.push(path);
            Some(text.trim_end().to_owned())
        });
        let project = found.project(config, cwd);
        found.text = match (home_text, project) {
            (Some(home), Some(project)) => Some(format!("{home}\n\n--- project-doc ---\n\n{project}")),
            (home, project) => home.or(project),
        };
        found
    }

    fn project(&mut self, config: &Config, cwd: &Path) -> Option<String> {
        let limit = config.project_doc_max_bytes;
        let mut left = limit;
        let mut texts = Vec::new();
        let fallbacks = config.project_doc_fallback_filenames.iter().map(String::as_str);
        let names: Vec<&str> = NAMES.into_iter().chain(fallbacks).collect();
        for folder in folders(config.project_root.as_deref(), cwd) {
            let Some(path) = find(folder, &names) else { continue };
            if limit == 0 {
                continue;
            }
            if left == 0 {
                self.warnings.push(format!(
                    "{} was left out: the files before it take all of project_doc_max_bytes ({limit}).",
                    path.display()
                ));
                continue;
            }
            let Some((text, cut)) = self.read(&path, left) else { continue };
            if cut {
                self.warnings.push(format!(
                    "{} was cut after {} bytes: project_doc_max_bytes is {limit}.",
                    path.display(),
                    text.len()
                ));
                left = 0;
            } else {
                left -= text.len().min(left);
            }
            self.sources.push(path);
            texts.push(text);
        }
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    /// The text of a file up to a limit, and whether it was cut there; `None` when it is blank or cannot be read.
    fn read(&mut self, path: &Path, limit: usize) -> Option<(String, bool)> {
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        if let Err(error) = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)) {
            self.warnings.push(format!("{} cannot be read: {error}", path.display()));
            return None;
        }
        let cut = bytes.len() > limit;
        bytes.truncate(limit);
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if cut {
            // A character that the limit split is not the file's fault.
            text.truncate(text.trim_end_matches('\u{FFFD}').len());
        }
        (!text.trim().is_empty()).then_some((text, cut))
    }

    /// The part of a message that tells the model; `replaces` when it was told others before.
    pub(crate) fn message(&self, cwd: &str, replaces: bool) -> Option<String> {
        let text = match (&self.text, replaces) {
            (Some(text), _) => text.as_str(),
            (None, true) => "There are none for this folder.",
            (None, false) => return None,
        };
        let note =
            if replaces { "From here on, this takes the place of what AGENTS.md files said before.\n\n" } else { "" };
        Some(format!("# AGENTS.md instructions for {cwd}\n\n<INSTRUCTIONS>\n{note}{text}\n</INSTRUCTIONS>"))
    }
}

fn find(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    names.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// The folders from the project's root down to `cwd`.
fn folders<'a>(root: Option<&Path>, cwd: &'a Path) -> Vec<&'a Path> {
    let mut folders: Vec<_> = match root {
        Some(root) if cwd.starts_with(root) => {
            let depth = root.components().count();
            cwd.ancestors().take_while(|folder| folder.components().count() >= depth).collect()
        }
        _ => vec![cwd],
    };
    folders.reverse();
    folders
}

#[cfg(test)]
mod tests {
    use std::fs;

    use codex_config_loader::{CodexHome, ConfigLoader, EnvSnapshot, LoadRequest};

    use super::*;

    fn load(config_toml: &str, files: &[(&str, &str)], cwd: &str) -> (tempfile::TempDir, AgentsMd) {
        let root = tempfile::tempdir().unwrap();
        let at = |path: &str| root.path().join(path);
        fs::create_dir_all(at("home")).unwrap();
        fs::create_dir_all(at("project/.git")).unwrap();
        fs::write(at("project/.git/HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(at("home/config.toml"), config_toml).unwrap();
        for (path, text) in files {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), text).unwrap();
        }
        let loader = ConfigLoader::with_system_folder(
            CodexHome::new(at("home")),
            Default::default(),
            EnvSnapshot::default(),
            &at("none"),
        )
        .unwrap();
        let request = LoadRequest { cwd: Some(at(cwd)), ..LoadRequest::default() };
        let config = loader.load(&request).unwrap();
        let found = AgentsMd::load(&at("home"), &config, &at(cwd));
        (root, found)
    }

    #[test]
    fn the_home_comes_first_then_the_project_from_its_root_down() {
        let files = [
            ("home/AGENTS.md", "HOME\n"),
            ("project/AGENTS.md", "ROOT\n"),
            ("project/sub/AGENTS.md", "ignored"),
            ("project/sub/AGENTS.override.md", "SUB\n"),
            ("project/other/AGENTS.md", "elsewhere"),
        ];
        let (root, found) = load("", &files, "project/sub");
        assert_eq!(found.text.as_deref(), Some("HOME\n\n--- project-doc ---\n\nROOT\n\n\nSUB\n"));
        let sources: Vec<_> = found.sources.iter().map(|path| path.strip_prefix(root.path()).unwrap()).collect();
        assert_eq!(sources.len(), 3);
        assert_eq!(sources[2], Path::new("project/sub/AGENTS.override.md"));
        assert_eq!(found.warnings, Vec::<String>::new());
    }

    #[test]
    fn the_limit_covers_the_project_alone_and_is_warned_about() {
        let files = [
            ("home/AGENTS.md", "a home that is longer than the limit"),
            ("project/AGENTS.md", "12345é"),
            ("project/sub/AGENTS.md", "SUB"),
        ];
        let (_root, found) = load("project_doc_max_bytes = 6", &files, "project/sub");
        let text = found.text.unwrap();
        assert!(text.starts_with("a home that is longer than the limit\n\n"), "{text}");
        assert!(text.ends_with("\n\n12345"), "{text}");
        assert_eq!(found.warnings.len(), 2);
        assert!(found.warnings[0].contains("cut after 5 bytes"), "{:?}", found.warnings);
        assert!(found.warnings[1].contains("left out"), "{:?}", found.warnings);
    }

    #[test]
    fn blank_files_and_none_say_nothing() {
        let (_root, found) = load("", &[("project/AGENTS.md", " \n")], "project");
        assert_eq!(found, AgentsMd::default());
        assert_eq!(found.message("/x", false), None);
        assert!(found.message("/x", true).unwrap().contains("none for this folder"));
    }
}
