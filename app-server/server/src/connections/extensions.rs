//! The extensions that a client asked for and got.

use std::collections::BTreeMap;

use codex_app_server_protocol::ext::QuestionLimit;
use codex_app_server_protocol::{ErrorKind, Extension, MethodRow, RpcError};
use serde_json::{Value, json};

/// The extensions of one connection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extensions {
    /// One bit each.
    granted: u8,
    /// How long the client has to answer questions; `None` for as long as it takes.
    pub(crate) question_limit: Option<QuestionLimit>,
}

impl Extensions {
    /// Takes those that are ours out of what a client lists.
    ///
    /// # Errors
    /// When the settings of one make no sense.
    pub(crate) fn asked_for(listed: &BTreeMap<String, Value>) -> Result<Self, RpcError> {
        let mut extensions = Self::default();
        for (extension, settings) in Extension::ALL.iter().filter_map(|own| Some((*own, listed.get(own.name())?))) {
            if extension == Extension::QuestionLimit {
                let limit = QuestionLimit::from_settings(settings).map_err(|reason| {
                    let message = format!("Invalid capabilities.extensions[\"{}\"]: {reason}", extension.name());
                    RpcError::new(ErrorKind::InvalidRequest, message).subject(extension.name())
                })?;
                extensions.question_limit = Some(limit);
            }
            extensions.granted |= bit(extension);
        }
        Ok(extensions)
    }

    pub(crate) fn has(&self, extension: Extension) -> bool {
        self.granted & bit(extension) != 0
    }

    /// Whether the client may ask this.
    ///
    /// # Errors
    /// When the method belongs to an extension that the client has not asked for.
    pub(crate) fn admit(&self, row: &MethodRow) -> Result<(), RpcError> {
        match Extension::of_method(row.name) {
            Some(extension) if !self.has(extension) => {
                let message = format!(
                    "{} requires the extension {}, which is asked for in capabilities.extensions of initialize",
                    row.name,
                    extension.name()
                );
                Err(RpcError::new(ErrorKind::ExtensionRequired, message).subject(extension.name()))
            }
            _ => Ok(()),
        }
    }

    /// What the client is told that it got, each with its settings.
    pub(crate) fn granted(&self) -> BTreeMap<String, Value> {
        let settings = |extension: Extension| match (extension, self.question_limit) {
            (Extension::QuestionLimit, Some(limit)) => json!(limit),
            _ => json!({}),
        };
        let granted = Extension::ALL.iter().filter(|extension| self.has(**extension));
        granted.map(|extension| (extension.name().to_owned(), settings(*extension))).collect()
    }
}

fn bit(extension: Extension) -> u8 {
    1 << extension as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(listed: Value) -> Result<Extensions, RpcError> {
        Extensions::asked_for(&serde_json::from_value(listed).unwrap())
    }

    #[test]
    fn what_is_ours_is_granted_and_the_rest_is_not() {
        let extensions = asked(json!({
            "openai/form": {}, "open-app-server/replay": {}, "open-app-server/none": {},
            "open-app-server/question-limit": { "limitMs": 5 },
        }));
        let extensions = extensions.unwrap();
        assert!(extensions.has(Extension::Replay) && !extensions.has(Extension::Heartbeat));
        let granted = json!(extensions.granted());
        assert_eq!(
            granted,
            json!({ "open-app-server/replay": {}, "open-app-server/question-limit": { "limitMs": 5 } })
        );
        assert_eq!(asked(json!({})).unwrap().granted().len(), 0);
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        for settings in [json!({}), json!({ "limitMs": 0 }), json!({ "limitMs": -1 }), json!(5)] {
            let error = asked(json!({ "open-app-server/question-limit": settings })).unwrap_err();
            assert!(error.message.starts_with("Invalid capabilities.extensions["), "{}", error.message);
        }
    }
}
