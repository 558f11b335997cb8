//! One question to the ChatGPT backend: the bundle of the signed-in workspace.

use std::sync::Arc;
use std::time::Duration;

use codex_config_loader::{CloudAnswer, CloudIdentity, CloudSource};
use codex_model_client::{harmless_url, http_client, http_error_causes};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use reqwest::{StatusCode, Url};

use super::login::{Access, WorkspaceLogin};

/// How long one attempt may take, so that several fit into a start.
const ATTEMPT: Duration = Duration::from_secs(5);

/// The most of an answer that is read.
const MAX_ANSWER: usize = 8 << 20;

const ACCOUNT_ID: HeaderName = HeaderName::from_static("chatgpt-account-id");

/// Asks the ChatGPT backend.
pub(crate) struct Backend {
    base_url: String,
    user_agent: String,
    login: Arc<WorkspaceLogin>,
}

impl Backend {
    pub(super) fn new(base_url: String, user_agent: String, login: Arc<WorkspaceLogin>) -> Self {
        Self { base_url, user_agent, login }
    }

    async fn ask(&self, access: Access) -> Result<CloudAnswer, CloudAnswer> {
        let url = bundle_url(&self.base_url)?;
        let headers = self.headers(&access)?;
        let client = http_client(&url).map_err(|error| permanent(error.to_string()))?;
        let request = client.get(url.clone()).headers(headers).timeout(ATTEMPT);
        let mut response = request.send().await.map_err(|error| failed(&url, &error))?;
        match response.status() {
            StatusCode::UNAUTHORIZED => return Ok(CloudAnswer::Unauthorized),
            status if !status.is_success() => {
                return Err(CloudAnswer::Transient {
                    reason: format!("{} answered HTTP {status}", harmless_url(&url)),
                });
            }
            _ => {}
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| failed(&url, &error))? {
            if body.len() + piece.len() > MAX_ANSWER {
                return Err(permanent(format!("{} answered with more than {MAX_ANSWER} bytes", harmless_url(&url))));
            }
            body.extend_from_slice(&piece);
        }
        Ok(CloudAnswer::Bundle(body))
    }

    fn headers(&self, access: &Access) -> Result<HeaderMap, CloudAnswer> {
        let odd = |what: &str| permanent(format!("{what} in auth.json holds a character that no header may hold"));
        let mut headers = HeaderMap::new();
        let bearer = HeaderValue::from_str(&format!("Bearer {}", access.token));
        let mut bearer = bearer.map_err(|_| odd("the access token"))?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
        if let Some(account) = &access.account_id {
            headers.insert(ACCOUNT_ID, HeaderValue::from_str(account).map_err(|_| odd("the account id"))?);
        }
        if let Ok(user_agent) = HeaderValue::from_str(&self.user_agent) {
            headers.insert(USER_AGENT, user_agent);
        }
        Ok(headers)
    }
}

impl CloudSource for Backend {
    async fn fetch(&self, identity: &CloudIdentity) -> CloudAnswer {
        match self.login.access(identity) {
            Some(access) => self.ask(access).await.unwrap_or_else(|failure| failure),
            None if self.login.is_managed() => permanent("another account signed in meanwhile; start again".to_owned()),
            None => CloudAnswer::NotEligible,
        }
    }
}

/// Where the bundle lies below the base: the two styles of the backend have a path each.
fn bundle_url(base: &str) -> Result<Url, CloudAnswer> {
    let mut url =
        Url::parse(base).map_err(|error| permanent(format!("chatgpt_base_url is not a valid URL ({error})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(permanent("chatgpt_base_url must begin with http:// or https://".to_owned()));
    }
    let base = url.path().trim_end_matches('/');
    let path = if base.contains("/backend-api") { "wham/config/bundle" } else { "api/codex/config/bundle" };
    url.set_path(&format!("{base}/{path}"));
    Ok(url)
}

fn failed(url: &Url, error: &reqwest::Error) -> CloudAnswer {
    let reason = if error.is_timeout() {
        format!("{} did not answer within {} seconds", harmless_url(url), ATTEMPT.as_secs())
    } else {
        format!("{} cannot be reached ({})", harmless_url(url), http_error_causes(error))
    };
    CloudAnswer::Transient { reason }
}

fn permanent(reason: String) -> CloudAnswer {
    CloudAnswer::Permanent { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_of_base_has_its_path() {
        for (base, url) in [
            ("https://chatgpt.com/backend-api/", "https://chatgpt.com/backend-api/wham/config/bundle"),
            ("http://127.0.0.1:1/backend-api", "http://127.0.0.1:1/backend-api/wham/config/bundle"),
            ("http://127.0.0.1:1/foo/", "http://127.0.0.1:1/foo/api/codex/config/bundle"),
            ("http://127.0.0.1:1", "http://127.0.0.1:1/api/codex/config/bundle"),
        ] {
            assert_eq!(bundle_url(base).unwrap().as_str(), url);
        }
        for base in ["", "chatgpt.com", "ftp://chatgpt.com/"] {
            let Err(CloudAnswer::Permanent { reason }) = bundle_url(base) else { panic!("{base} is taken") };
            assert!(reason.starts_with("chatgpt_base_url "), "{reason}");
        }
    }
}
