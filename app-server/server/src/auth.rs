//! Credentials of the home: `auth.json`, read and never written here.
//!
//! An API key in it is used for providers that need OpenAI's authentication. Of a ChatGPT login only the workspace's managed
//! configuration is fetched; in a turn that would need it, it is said to be not supported yet. A file that cannot be understood means signed out.
//! Secrets never appear in debug output or logs.

use std::path::{Path, PathBuf};

use codex_engine::{Bearer, CredentialsError};
use serde::Deserialize;

/// Whoever is signed in, as the file tells.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Login {
    /// Nobody, or the file is not understood.
    None,
    /// An API key.
    ApiKey(String),
    /// A login with a ChatGPT account.
    ChatGpt,
}

/// Reads the credentials of a home anew at each use: another process may sign in or out.
#[derive(Debug)]
pub(crate) struct AuthFile {
    path: PathBuf,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    auth_mode: Option<String>,
    #[serde(default, rename = "OPENAI_API_KEY")]
    openai_api_key: Option<String>,
    #[serde(default)]
    tokens: Option<ChatGptTokens>,
}

/// The tokens of a login with a ChatGPT account, as far as they are used.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct ChatGptTokens {
    /// Says who it is; its signature is the issuer's and not checked here.
    #[serde(default)]
    pub(crate) id_token: String,
    /// What requests carry.
    #[serde(default)]
    pub(crate) access_token: String,
    /// The workspace that was chosen.
    #[serde(default)]
    pub(crate) account_id: Option<String>,
}

impl AuthFile {
    pub(crate) fn new(home: &Path) -> Self {
        Self { path: home.join("auth.json") }
    }

    /// Whether there are credentials of any kind.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.login() != Login::None
    }

    pub(crate) fn login(&self) -> Login {
        self.read().map_or(Login::None, |stored| login(&stored))
    }

    /// The tokens of a login with a ChatGPT account; none for every other login.
    pub(crate) fn chatgpt_tokens(&self) -> Option<ChatGptTokens> {
        let stored = self.read()?;
        if login(&stored) == Login::ChatGpt { stored.tokens } else { None }
    }

    fn read(&self) -> Option<Stored> {
        parse(&std::fs::read(&self.path).ok()?)
    }
}

fn parse(file: &[u8]) -> Option<Stored> {
    serde_json::from_slice(file).ok()
}

fn login(stored: &Stored) -> Login {
    match (stored.auth_mode.as_deref(), &stored.openai_api_key) {
        (Some("apikey") | None, Some(key)) => Login::ApiKey(key.clone()),
        (Some("chatgpt"), _) => Login::ChatGpt,
        (None, None) if stored.tokens.is_some() => Login::ChatGpt,
        _ => Login::None,
    }
}

impl codex_engine::Credentials for AuthFile {
    fn bearer(&self, _provider_id: &str) -> Result<Option<Bearer>, CredentialsError> {
        match self.login() {
            Login::None => Ok(None),
            Login::ApiKey(key) => Ok(Some(Bearer::new(key))),
            Login::ChatGpt => Err(CredentialsError::new(
                "auth.json holds a ChatGPT login, which this server does not support yet; sign in with an API key, or use a \
                 provider with an env_key",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_understood_as_the_reference_does() {
        let name = |text: &str| match parse(text.as_bytes()).map_or(Login::None, |stored| login(&stored)) {
            Login::None => "none".to_owned(),
            Login::ApiKey(key) => format!("key {key}"),
            Login::ChatGpt => "chatgpt".to_owned(),
        };
        assert_eq!(name(r#"{"auth_mode":"apikey","OPENAI_API_KEY":"sk-made-up"}"#), "key sk-made-up");
        assert_eq!(name(r#"{"OPENAI_API_KEY":"sk-made-up","tokens":{}}"#), "key sk-made-up");
        assert_eq!(name(r#"{"OPENAI_API_KEY":null,"tokens":{}}"#), "chatgpt");
        assert_eq!(name(r#"{"auth_mode":"chatgpt","OPENAI_API_KEY":"sk-made-up"}"#), "chatgpt");
        for broken in ["", "{", "{}", r#"{"auth_mode":"other","OPENAI_API_KEY":"x"}"#, r#"{"auth_mode":"apikey"}"#] {
            assert_eq!(name(broken), "none", "{broken}");
        }
    }
}
