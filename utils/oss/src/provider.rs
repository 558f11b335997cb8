//! The two programs that serve open models, and what is fixed about them.

/// Id of a provider of the past, which spoke chat completions to Ollama.
pub const OLLAMA_CHAT_ID: &str = "ollama-chat";

/// A program that serves open models on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OssProvider {
    /// Ollama.
    Ollama,
    /// LM Studio.
    LmStudio,
}

/// An id that names neither.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownProvider {
    /// [`OLLAMA_CHAT_ID`].
    #[error("`{OLLAMA_CHAT_ID}` is no longer supported; use `ollama`")]
    OllamaChat,
    /// Anything else.
    #[error("`{0}` is no provider of open models; use `ollama` or `lmstudio`")]
    Other(String),
}

impl OssProvider {
    /// Both, in the order in which they are looked for. Ollama also answers the questions by which LM Studio is known.
    pub const ALL: [Self; 2] = [Self::Ollama, Self::LmStudio];

    /// The provider of an id in the configuration.
    ///
    /// # Errors
    ///
    /// [`UnknownProvider`], with a hint.
    pub fn from_id(id: &str) -> Result<Self, UnknownProvider> {
        if id == OLLAMA_CHAT_ID {
            return Err(UnknownProvider::OllamaChat);
        }
        Self::ALL.into_iter().find(|provider| provider.id() == id).ok_or_else(|| UnknownProvider::Other(id.to_owned()))
    }

    /// Its id in the configuration.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ollama => "ollama",
            Self::LmStudio => "lmstudio",
        }
    }

    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ollama => "Ollama",
            Self::LmStudio => "LM Studio",
        }
    }

    /// The port it listens on unless told otherwise.
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Ollama => 11434,
            Self::LmStudio => 1234,
        }
    }

    /// The model that is asked when none is named.
    pub const fn default_model(self) -> &'static str {
        match self {
            Self::Ollama => "gpt-oss:20b",
            Self::LmStudio => "openai/gpt-oss-20b",
        }
    }

    /// How it is started, for an error message.
    pub(crate) const fn how_to_start(self) -> &'static str {
        match self {
            Self::Ollama => "start it with `ollama serve` (to be had at https://ollama.com/download)",
            Self::LmStudio => "start it with `lms server start` (to be had at https://lmstudio.ai/download)",
        }
    }
}

/// The model that is asked of a provider when none is named; none for a provider that is not one of the two.
pub fn default_model(provider_id: &str) -> Option<&'static str> {
    OssProvider::from_id(provider_id).ok().map(OssProvider::default_model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_those_of_the_reference() {
        let facts = OssProvider::ALL.map(|one| (one.id(), one.default_port(), one.default_model()));
        assert_eq!(facts, [("ollama", 11434, "gpt-oss:20b"), ("lmstudio", 1234, "openai/gpt-oss-20b")]);
    }

    #[test]
    fn ids_lead_to_providers_and_models() {
        for provider in OssProvider::ALL {
            assert_eq!(OssProvider::from_id(provider.id()), Ok(provider));
            assert_eq!(default_model(provider.id()), Some(provider.default_model()));
        }
        for id in ["openai", "ollama-chat", "Ollama", ""] {
            assert_eq!(default_model(id), None, "{id}");
        }
    }

    #[test]
    fn ids_of_nobody_are_refused_with_a_hint() {
        assert_eq!(OssProvider::from_id(OLLAMA_CHAT_ID), Err(UnknownProvider::OllamaChat));
        let error = OssProvider::from_id("openai").unwrap_err().to_string();
        assert!(error.contains("`openai`") && error.contains("`ollama` or `lmstudio`"), "{error}");
    }
}
