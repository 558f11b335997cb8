//! What the workspace sends: fragments of configuration and of requirements, checked before anybody sees them.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Diagnostic, syntax_error};
use crate::layers::LayerName;

/// The managed configuration of a workspace; every fragment is valid TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudBundle {
    /// Fragments of configuration, highest first: of two that set one key the earlier counts.
    pub config: Vec<CloudFragment>,
    /// Fragments of requirements, highest first.
    pub requirements: Vec<CloudFragment>,
}

/// One named piece of TOML.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudFragment {
    /// Its id in the workspace.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its TOML text; may be blank.
    pub contents: String,
}

/// Why an answer is no bundle. A bundle is used as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CloudBundleError {
    /// It is no JSON, or JSON of another shape.
    #[error("it is not what a bundle looks like: {0}")]
    Shape(String),
    /// A fragment is no TOML.
    #[error("a fragment is no TOML: {0}")]
    Toml(Box<Diagnostic>),
}

/// The bundle as it is sent and kept. What is missing or null is empty.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct BundleJson {
    #[serde(default)]
    config_toml: Option<SectionJson>,
    #[serde(default)]
    requirements_toml: Option<SectionJson>,
}

#[derive(Default, Serialize, Deserialize)]
struct SectionJson {
    #[serde(default)]
    enterprise_managed: Option<Vec<CloudFragment>>,
}

impl CloudBundle {
    /// Takes fragments, highest first.
    ///
    /// # Errors
    ///
    /// [`CloudBundleError::Toml`] for the first fragment that is no TOML.
    pub fn new(config: Vec<CloudFragment>, requirements: Vec<CloudFragment>) -> Result<Self, CloudBundleError> {
        for fragment in config.iter().chain(&requirements) {
            if let Err(error) = toml::from_str::<toml::Table>(&fragment.contents) {
                let place = syntax_error(&fragment.shown_path(), &fragment.contents, &error);
                return Err(CloudBundleError::Toml(Box::new(place)));
            }
        }
        Ok(Self { config, requirements })
    }

    /// Reads the answer of the backend.
    ///
    /// # Errors
    ///
    /// When it is no bundle, or one of its fragments is no TOML.
    pub fn parse(answer: &[u8]) -> Result<Self, CloudBundleError> {
        let json: BundleJson =
            serde_json::from_slice(answer).map_err(|error| CloudBundleError::Shape(error.to_string()))?;
        Self::from_json(json)
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.config.is_empty() && self.requirements.is_empty()
    }

    pub(super) fn from_json(json: BundleJson) -> Result<Self, CloudBundleError> {
        let fragments =
            |section: Option<SectionJson>| section.unwrap_or_default().enterprise_managed.unwrap_or_default();
        Self::new(fragments(json.config_toml), fragments(json.requirements_toml))
    }

    pub(super) fn to_json(&self) -> BundleJson {
        let section = |fragments: &[CloudFragment]| Some(SectionJson { enterprise_managed: Some(fragments.to_vec()) });
        BundleJson { config_toml: section(&self.config), requirements_toml: section(&self.requirements) }
    }
}

impl CloudFragment {
    /// The layer that it becomes.
    pub(crate) fn layer_name(&self) -> LayerName {
        LayerName::EnterpriseManaged { id: self.id.clone(), name: self.name.clone() }
    }

    /// What stands for a file where its contents are complained about.
    pub(crate) fn shown_path(&self) -> PathBuf {
        self.layer_name().label().into()
    }
}

impl fmt::Debug for CloudFragment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The contents may hold credentials.
        formatter.debug_struct("CloudFragment").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fragment(id: &str, contents: &str) -> CloudFragment {
        CloudFragment { id: id.to_owned(), name: id.to_uppercase(), contents: contents.to_owned() }
    }

    #[test]
    fn both_sections_are_read_and_unknown_keys_ignored() {
        let answer = br#"{"more": 1, "config_toml": {"x": 2, "enterprise_managed": [
            {"id": "a", "name": "A", "contents": "model = 'm'", "y": 3}, {"id": "b", "name": "B", "contents": " "}]},
            "requirements_toml": {"enterprise_managed": [{"id": "r", "name": "R", "contents": ""}]}}"#;
        let bundle = CloudBundle::parse(answer).unwrap();
        assert_eq!(bundle.config, [fragment("a", "model = 'm'"), fragment("b", " ")]);
        assert_eq!(bundle.requirements, [fragment("r", "")]);
        assert!(!bundle.is_empty());
    }

    #[test]
    fn what_is_missing_or_null_is_empty() {
        for answer in [
            "{}",
            r#"{"config_toml": null, "requirements_toml": {}}"#,
            r#"{"config_toml": {"enterprise_managed": null}, "requirements_toml": {"enterprise_managed": []}}"#,
        ] {
            assert!(CloudBundle::parse(answer.as_bytes()).unwrap().is_empty(), "{answer}");
        }
    }

    #[test]
    fn one_bad_fragment_refuses_the_bundle() {
        let error = CloudBundle::new(vec![fragment("a", "model = 'm'")], vec![fragment("r", "x = 1\ny = = 2")]);
        let text = error.unwrap_err().to_string();
        assert!(text.starts_with("a fragment is no TOML: enterprise-managed (R, r):2:5: "), "{text}");
    }

    #[test]
    fn another_shape_is_refused() {
        for answer in ["", "hello", "[1]", r#"{"config_toml": {"enterprise_managed": [{"id": "x"}]}}"#] {
            let error = CloudBundle::parse(answer.as_bytes()).unwrap_err();
            assert!(matches!(error, CloudBundleError::Shape(_)), "{answer}");
        }
    }

    #[test]
    fn debug_output_hides_contents() {
        let bundle = CloudBundle::new(vec![fragment("a", "token = 'hush'")], Vec::new()).unwrap();
        assert!(!format!("{bundle:?}").contains("hush"));
    }

    proptest! {
        #[test]
        fn no_answer_is_too_odd(answer in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = CloudBundle::parse(&answer);
        }

        #[test]
        fn what_is_written_is_read_again(
            fragments in prop::collection::vec(("\\PC{0,8}", "\\PC{0,8}", "[a-z]{1,4} = [0-9]{1,3}\n"), 0..4),
            split in 0usize..4,
        ) {
            let mut config: Vec<_> = fragments
                .into_iter()
                .map(|(id, name, contents)| CloudFragment { id, name, contents })
                .filter(|fragment| toml::from_str::<toml::Table>(&fragment.contents).is_ok())
                .collect();
            let requirements = config.split_off(split.min(config.len()));
            let bundle = CloudBundle::new(config, requirements).unwrap();
            let json = serde_json::to_vec(&bundle.to_json()).unwrap();
            prop_assert_eq!(CloudBundle::parse(&json).unwrap(), bundle);
        }
    }
}
